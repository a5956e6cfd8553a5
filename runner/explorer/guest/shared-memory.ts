// What stands for SharedArrayBuffer, its views and Atomics in code that is explored. A view is a proxy: each access of an
// element becomes an operation of the run. Memory itself is elsewhere.
import { elementBytes, type ElementType, type Operation, type Result, type Value } from '../engine/operation.ts';
import { makeAtomics } from './atomics.ts';
import { dataViewMethod, makeDataView } from './data-view.ts';
import { cellOf, Coercion, indexOf, isWithin } from './element.ts';
import { viewMethod, type Method } from './view-methods.ts';

/** What the run that goes on offers; without one there is nobody who could do an operation. */
export interface Operator {
  operate(operation: Operation): Result;
  refuse(reason: string): never;
}

/** A buffer of the scenario's: where it begins in memory. */
export interface Extent {
  readonly base: number;
  readonly byteLength: number;
}

/** A view of the scenario's, as it crosses to a thread. */
export interface ViewShape {
  readonly type: ElementType | 'DataView';
  readonly extent: Extent;
  readonly byteOffset: number;
  /** elements; of a DataView bytes */
  readonly length: number;
}

type AnyConstructor = new (...args: unknown[]) => object;
export type Globals = Record<string, unknown>;

export class SharedMemory {
  readonly operator: Operator;
  /** the realm's own, before anything was put in their place */
  readonly native: Globals;
  readonly coercion: Coercion;
  /** What is put in the place of the realm's globals. */
  readonly globals: Globals = {};
  readonly #extents = new WeakMap<object, Extent>();
  readonly #buffers = new Map<number, object>();
  readonly #views = new WeakMap<object, ViewShape>();

  /** @param native the globals of the realm in which the code is compiled */
  constructor(native: Globals, operator: Operator) {
    this.operator = operator;
    this.native = { ...native };
    this.coercion = new Coercion(this.native);
    for (const type of [...(Object.keys(elementBytes) as ElementType[]), 'DataView'] as const) {
      const constructor = native[type] as AnyConstructor | undefined;
      if (constructor) this.globals[type] = this.#constructorOf(type, constructor);
    }
    const { prototype } = native.Int32Array as AnyConstructor;
    this.#takeOver(Reflect.getPrototypeOf(prototype as object) as object, (name) => viewMethod(name, this));
    this.#takeOver((native.DataView as AnyConstructor).prototype as object, (name) => dataViewMethod(name, this));
    this.#seeViews(native.ArrayBuffer as { isView: (value: unknown) => boolean });
    this.globals.SharedArrayBuffer = this.#sharedArrayBuffer(native.SharedArrayBuffer as AnyConstructor);
    this.globals.Atomics = makeAtomics(this);
  }

  /** Methods of a prototype do on shared memory what they do on any other. */
  #takeOver(prototype: object, methodFor: (name: string) => Method | undefined): void {
    const isShared = (view: unknown): boolean => this.shapeOf(view) !== undefined;
    for (const key of Reflect.ownKeys(prototype)) {
      const descriptor = Reflect.getOwnPropertyDescriptor(prototype, key);
      if (descriptor?.get) this.#takeOverGetter(prototype, key, descriptor.get);
      const method = methodFor(key === Symbol.iterator ? 'values' : String(key));
      if (typeof descriptor?.value !== 'function' || !method) continue;
      const native = descriptor.value as Method;
      const value = function (this: unknown, ...args: unknown[]): unknown {
        return Reflect.apply(isShared(this) ? method : native, this, args);
      };
      Object.defineProperty(value, 'name', { value: native.name, configurable: true });
      Object.defineProperty(prototype, key, { ...descriptor, value });
    }
  }

  /** Of a view that is a proxy, a getter of the prototype that is called by itself gives what the property gives. */
  #takeOverGetter(prototype: object, key: string | symbol, native: () => unknown): void {
    const shapeOf = (view: unknown): ViewShape | undefined => this.shapeOf(view);
    const get = function (this: unknown): unknown {
      const shape = shapeOf(this);
      if (!shape) return Reflect.apply(native, this, []);
      return key === Symbol.toStringTag ? shape.type : Reflect.get(this as object, key);
    };
    Object.defineProperty(prototype, key, { get });
  }

  #seeViews(arrayBuffer: { isView: (value: unknown) => boolean }): void {
    const { isView } = arrayBuffer;
    const value = (view: unknown): boolean => this.shapeOf(view) !== undefined || isView(view);
    Object.defineProperty(arrayBuffer, 'isView', { value, writable: true, configurable: true });
  }

  /** The shape of a view that is shared, or undefined for all else. */
  shapeOf(value: unknown): ViewShape | undefined {
    return typeof value === 'object' && value !== null ? this.#views.get(value) : undefined;
  }

  /** @throws TypeError of the realm for what is no shared view */
  shape(view: unknown): ViewShape {
    const shape = this.shapeOf(view);
    if (!shape) throw this.error('TypeError', 'this is not a typed array.');
    return shape;
  }

  extentOf(value: unknown): Extent | undefined {
    return typeof value === 'object' && value !== null ? this.#extents.get(value) : undefined;
  }

  /** An error of the realm. */
  error(name: string, message: string): Error {
    return new (this.native[name] as new (message: string) => Error)(message);
  }

  /** What stands for a SharedArrayBuffer: the same object each time. */
  buffer(extent: Extent): object {
    const known = this.#buffers.get(extent.base);
    if (known) return known;
    const { prototype } = this.native.SharedArrayBuffer as AnyConstructor;
    // Not a real one: what reads its bytes behind our back must fail and not find zeros.
    const buffer = Object.create(prototype as object, {
      byteLength: { value: extent.byteLength },
      maxByteLength: { value: extent.byteLength },
      growable: { value: false },
      slice: { value: () => this.operator.refuse('slice() of a SharedArrayBuffer cannot be explored') },
      grow: { value: () => this.operator.refuse('a SharedArrayBuffer that grows cannot be explored') },
    }) as object;
    this.#extents.set(buffer, extent);
    this.#buffers.set(extent.base, buffer);
    return buffer;
  }

  view(shape: ViewShape, prototype?: object): object {
    const native = this.native[shape.type] as AnyConstructor;
    const target =
      shape.type === 'DataView' ? new native(new (this.native.ArrayBuffer as AnyConstructor)(0)) : new native(0);
    if (prototype) Object.setPrototypeOf(target, prototype);
    const view = shape.type === 'DataView' ? makeDataView(target, shape, this) : this.#typedArray(target, shape);
    this.#views.set(view, shape);
    return view;
  }

  #typedArray(target: object, shape: ViewShape): object {
    const { length } = shape;
    return new Proxy(target, {
      get: (_, key, receiver) => {
        const index = indexOf(key);
        if (index !== undefined) return isWithin(index, length) ? this.#read(shape, index) : undefined;
        const own = this.#ownProperty(shape, key);
        if (own) return own.value;
        return Reflect.get(target, key, key === Symbol.toStringTag ? target : receiver) as unknown;
      },
      set: (_, key, value, receiver) => {
        const index = indexOf(key);
        if (index === undefined) return Reflect.set(target, key, value, target);
        // Through a proxy, or an object that inherits from the view: an element is a data property like another.
        if (this.shapeOf(receiver) !== shape)
          return !isWithin(index, length) || Reflect.set({ [key]: undefined }, key, value, receiver);
        const stored = this.coercion.stored(shape.type as ElementType, value);
        if (isWithin(index, length)) this.#write(shape, index, stored);
        return true;
      },
      has: (_, key) => {
        const index = indexOf(key);
        return index === undefined ? Reflect.has(target, key) : isWithin(index, length);
      },
      deleteProperty: (_, key) => {
        const index = indexOf(key);
        return index === undefined ? Reflect.deleteProperty(target, key) : !isWithin(index, length);
      },
      defineProperty: (_, key, descriptor) => {
        const index = indexOf(key);
        if (index === undefined) return Reflect.defineProperty(target, key, descriptor);
        if (!isWithin(index, length)) return false;
        if ('value' in descriptor)
          this.#write(shape, index, this.coercion.stored(shape.type as ElementType, descriptor.value));
        return true;
      },
      getOwnPropertyDescriptor: (_, key) => {
        const index = indexOf(key);
        if (index === undefined) return Reflect.getOwnPropertyDescriptor(target, key);
        if (!isWithin(index, length)) return undefined;
        return { value: this.#read(shape, index), writable: true, enumerable: true, configurable: true };
      },
      ownKeys: () => [...Array.from({ length }, (_, index) => String(index)), ...Reflect.ownKeys(target)],
      preventExtensions: () => this.operator.refuse('freezing a shared view cannot be explored'),
    });
  }

  #read(shape: ViewShape, index: number): Result {
    return this.operator.operate({ name: 'read', cell: cellOf(shape, index) });
  }

  #write(shape: ViewShape, index: number, value: Value): void {
    this.operator.operate({ name: 'write', cell: cellOf(shape, index), value });
  }

  #ownProperty(shape: ViewShape, key: PropertyKey): { value: unknown } | undefined {
    switch (key) {
      case 'length':
        return { value: shape.length };
      case 'byteLength':
        return { value: shape.length * elementBytes[shape.type as ElementType] };
      case 'byteOffset':
        return { value: shape.byteOffset };
      case 'buffer':
        return { value: this.buffer(shape.extent) };
    }
    return undefined;
  }

  #constructorOf(type: ElementType | 'DataView', native: AnyConstructor): AnyConstructor {
    const bytes = type === 'DataView' ? 1 : elementBytes[type];
    const constructor: AnyConstructor = new Proxy(native, {
      construct: (target, args: unknown[], newTarget): object => {
        const [source, offset = 0, length] = args;
        const extent = this.extentOf(source);
        const prototype = newTarget === constructor ? undefined : (newTarget.prototype as object);
        if (!extent) {
          // A copy of a shared view has elements that are read one by one.
          const copied = this.shapeOf(source) ? [[...(source as Iterable<unknown>)]] : args;
          return Reflect.construct(target, copied, newTarget === constructor ? target : newTarget) as object;
        }
        const byteOffset = Math.trunc(Number(offset)) || 0;
        const rest = extent.byteLength - byteOffset;
        const wanted = length === undefined ? rest / bytes : Math.trunc(Number(length)) || 0;
        if (byteOffset % bytes !== 0 || !Number.isInteger(wanted))
          throw this.error('RangeError', `start offset of ${type} should be a multiple of ${bytes}`);
        if (byteOffset < 0 || wanted < 0 || wanted * bytes > rest)
          throw this.error('RangeError', `Invalid typed array length: ${wanted}`);
        return this.view({ type, extent, byteOffset, length: wanted }, prototype);
      },
    });
    // `view.constructor` must lead here as well.
    Object.defineProperty(native.prototype as object, 'constructor', {
      value: constructor,
      writable: true,
      configurable: true,
    });
    return constructor;
  }

  #sharedArrayBuffer(native: AnyConstructor): AnyConstructor {
    const constructor: AnyConstructor = new Proxy(native, {
      construct: () =>
        this.operator.refuse(
          'memory that threads share is made in setup(): a SharedArrayBuffer that is made here would be one of this thread alone',
        ),
    });
    Object.defineProperty(native.prototype as object, 'constructor', {
      value: constructor,
      writable: true,
      configurable: true,
    });
    return constructor;
  }
}
