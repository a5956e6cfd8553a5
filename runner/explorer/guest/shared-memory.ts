// What stands for SharedArrayBuffer, its views and Atomics in code that is explored. A view is a proxy: each access of an
// element becomes an operation of the run. Memory itself is elsewhere.
import type { ElementType, Operation, Result, Value } from '../operation.ts';
import { elementBytes } from '../operation.ts';

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
type AnyFunction = (this: unknown, ...args: unknown[]) => unknown;
export type Globals = Record<string, unknown>;

/** Of Array.prototype, they work on whatever has a length and elements, one element after the other. */
const generic = [
  'at copyWithin entries every fill find findIndex findLast findLastIndex forEach includes indexOf join keys',
  'lastIndexOf reduce reduceRight reverse some values toLocaleString',
]
  .join(' ')
  .split(' ');
/** These give a new typed array of their own, not shared with anybody. */
const copying = ['filter', 'map', 'slice', 'toReversed', 'toSorted', 'with'];

const changes = new Set(['add', 'sub', 'and', 'or', 'xor', 'exchange']);

export class SharedMemory {
  readonly #operator: Operator;
  /** the realm's own, before anything was put in their place */
  readonly #native: Globals;
  readonly #extents = new WeakMap<object, Extent>();
  readonly #buffers = new Map<number, object>();
  readonly #views = new WeakMap<object, ViewShape>();
  readonly #scratch = new Map<ElementType, { [index: number]: Value }>();
  /** What is put in the place of the realm's globals. */
  readonly globals: Globals = {};

  /** @param native the globals of the realm in which the code is compiled */
  constructor(native: Globals, operator: Operator) {
    this.#operator = operator;
    this.#native = { ...native };
    for (const type of Object.keys(elementBytes) as ElementType[]) {
      const constructor = native[type] as AnyConstructor | undefined;
      if (constructor) this.globals[type] = this.#constructorOf(type, constructor);
    }
    this.globals.DataView = this.#constructorOf('DataView', native.DataView as AnyConstructor);
    this.globals.SharedArrayBuffer = this.#sharedArrayBuffer(native.SharedArrayBuffer as AnyConstructor);
    this.globals.Atomics = this.#atomics(native.Atomics as Record<string, AnyFunction>);
  }

  /** The shape of a view that is shared, or undefined for all else. */
  shapeOf(value: unknown): ViewShape | undefined {
    return typeof value === 'object' && value !== null ? this.#views.get(value) : undefined;
  }

  extentOf(value: unknown): Extent | undefined {
    return typeof value === 'object' && value !== null ? this.#extents.get(value) : undefined;
  }

  /** What stands for a SharedArrayBuffer: the same object each time. */
  buffer(extent: Extent): object {
    const known = this.#buffers.get(extent.base);
    if (known) return known;
    const { prototype } = this.#native.SharedArrayBuffer as AnyConstructor;
    // Not a real one: what reads its bytes behind our back must fail and not find zeros.
    const buffer = Object.create(prototype as object, {
      byteLength: { value: extent.byteLength },
      maxByteLength: { value: extent.byteLength },
      growable: { value: false },
      slice: { value: () => this.#operator.refuse('slice() of a SharedArrayBuffer cannot be explored') },
      grow: { value: () => this.#operator.refuse('a SharedArrayBuffer that grows cannot be explored') },
    }) as object;
    this.#extents.set(buffer, extent);
    this.#buffers.set(extent.base, buffer);
    return buffer;
  }

  view(shape: ViewShape, prototype?: object): object {
    const native = this.#native[shape.type] as AnyConstructor;
    const target =
      shape.type === 'DataView' ? new native(new (this.#native.ArrayBuffer as AnyConstructor)(0)) : new native(0);
    if (prototype) Object.setPrototypeOf(target, prototype);
    const view = shape.type === 'DataView' ? this.#dataView(target, shape) : this.#typedArray(target, shape);
    this.#views.set(view, shape);
    return view;
  }

  #typedArray(target: object, shape: ViewShape): object {
    const { length } = shape;
    const native = (this.#native[shape.type] as AnyConstructor).prototype as Record<PropertyKey, unknown>;
    return new Proxy(target, {
      get: (_, key, receiver) => {
        const index = indexOf(key);
        if (index !== undefined) return this.#isWithin(index, length) ? this.#read(shape, index) : undefined;
        const own = this.#ownProperty(shape, key, native);
        if (own) return own.value;
        return Reflect.get(target, key, isAccessorOfNative(key) ? target : receiver) as unknown;
      },
      set: (_, key, value, receiver) => {
        const index = indexOf(key);
        if (index === undefined) return Reflect.set(target, key, value, target);
        if (receiver !== undefined && this.shapeOf(receiver) === undefined) return Reflect.set(target, key, value);
        const stored = this.#coerced(shape.type as ElementType, value);
        if (this.#isWithin(index, length)) this.#write(shape, index, stored);
        return true;
      },
      has: (_, key) => {
        const index = indexOf(key);
        return index === undefined ? Reflect.has(target, key) : this.#isWithin(index, length);
      },
      deleteProperty: (_, key) => {
        const index = indexOf(key);
        return index === undefined ? Reflect.deleteProperty(target, key) : !this.#isWithin(index, length);
      },
      defineProperty: (_, key, descriptor) => {
        const index = indexOf(key);
        if (index === undefined) return Reflect.defineProperty(target, key, descriptor);
        if (!this.#isWithin(index, length)) return false;
        if ('value' in descriptor)
          this.#write(shape, index, this.#coerced(shape.type as ElementType, descriptor.value));
        return true;
      },
      getOwnPropertyDescriptor: (_, key) => {
        const index = indexOf(key);
        if (index === undefined) return Reflect.getOwnPropertyDescriptor(target, key);
        if (!this.#isWithin(index, length)) return undefined;
        return { value: this.#read(shape, index), writable: true, enumerable: true, configurable: true };
      },
      ownKeys: () => [...Array.from({ length }, (_, index) => String(index)), ...Reflect.ownKeys(target)],
      preventExtensions: () => this.#operator.refuse('freezing a shared view cannot be explored'),
    });
  }

  #isWithin(index: number, length: number): boolean {
    return Number.isInteger(index) && index >= 0 && index < length && !Object.is(index, -0);
  }

  #read(shape: ViewShape, index: number): Result {
    return this.#operator.operate({ name: 'read', cell: cellOf(shape, index) });
  }

  #write(shape: ViewShape, index: number, value: Value): void {
    this.#operator.operate({ name: 'write', cell: cellOf(shape, index), value });
  }

  /** The number that an element of this type would hold, after the conversions that a typed array does. */
  #coerced(type: ElementType, value: unknown): Value {
    let scratch = this.#scratch.get(type);
    if (!scratch) {
      scratch = new (this.#native[type] as AnyConstructor)(1) as { [index: number]: Value };
      this.#scratch.set(type, scratch);
    }
    scratch[0] = value as Value;
    return scratch[0];
  }

  #ownProperty(
    shape: ViewShape,
    key: PropertyKey,
    native: Record<PropertyKey, unknown>,
  ): { value: unknown } | undefined {
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
    const name = key === Symbol.iterator ? 'values' : key;
    if (typeof name !== 'string' || typeof native[name] !== 'function') return undefined;
    const method = this.#method(name);
    return method && { value: method };
  }

  #methods = new Map<string, AnyFunction>();

  #method(name: string): AnyFunction | undefined {
    const known = this.#methods.get(name);
    if (known) return known;
    const made = this.#makeMethod(name);
    if (made) this.#methods.set(name, made);
    return made;
  }

  #makeMethod(name: string): AnyFunction | undefined {
    const ofArrays = (this.#native.Array as { prototype: Record<string, AnyFunction> }).prototype;
    if (generic.includes(name)) return ofArrays[name];
    const memory = this;
    const nativeOf = (view: unknown): AnyConstructor => memory.#native[memory.#shape(view).type] as AnyConstructor;
    const copyOf = (view: unknown): object => new (nativeOf(view))(Reflect.apply(ofArrays.slice!, view, []));
    if (name === 'map' || name === 'filter' || name === 'slice')
      return function (...args) {
        return new (nativeOf(this))(Reflect.apply(ofArrays[name]!, this, args));
      };
    if (copying.includes(name))
      return function (...args) {
        const copy = copyOf(this) as Record<string, AnyFunction>;
        return Reflect.apply(copy[name]!, copy, args);
      };
    switch (name) {
      case 'toString':
        return ofArrays.join;
      case 'sort':
        return function (...args) {
          const sorted = copyOf(this) as Record<string, AnyFunction>;
          Reflect.apply(sorted.sort!, sorted, args);
          Reflect.apply(setElements, this, [sorted]);
          return this;
        };
      case 'set':
        return setElements;
      case 'subarray':
        return function (begin, end) {
          const shape = memory.#shape(this);
          const from = relative(begin, shape.length, 0);
          const to = relative(end, shape.length, shape.length);
          const byteOffset = shape.byteOffset + from * elementBytes[shape.type as ElementType];
          return memory.view({ ...shape, byteOffset, length: Math.max(0, to - from) });
        };
    }
    return undefined;

    function setElements(this: unknown, source: unknown, offset: unknown = 0): void {
      const view = this as { [index: number]: unknown };
      const { length } = memory.#shape(this);
      const elements = Reflect.apply(ofArrays.slice!, Object(source), []) as unknown[];
      const start = Math.trunc(Number(offset)) || 0;
      if (start < 0 || start + elements.length > length) throw memory.#error('RangeError', 'offset is out of bounds');
      elements.forEach((element, index) => (view[start + index] = element));
    }
  }

  #shape(view: unknown): ViewShape {
    const shape = this.shapeOf(view);
    if (!shape) throw this.#error('TypeError', 'this is not a typed array.');
    return shape;
  }

  #error(name: string, message: string): Error {
    return new (this.#native[name] as new (message: string) => Error)(message);
  }

  #dataView(target: object, shape: ViewShape): object {
    return new Proxy(target, {
      get: (_, key) => {
        switch (key) {
          case 'byteLength':
            return shape.length;
          case 'byteOffset':
            return shape.byteOffset;
          case 'buffer':
            return this.buffer(shape.extent);
        }
        const [, access, element] = /^(get|set)(\w+)$/.exec(typeof key === 'string' ? key : '') ?? [];
        const type = `${element}Array` as ElementType;
        if (!access || !(type in elementBytes) || !Reflect.has(target, key)) return Reflect.get(target, key, target);
        const cellAt = (offset: unknown, little: unknown): Extract<Operation, { name: 'read' }>['cell'] => {
          const at = Math.trunc(Number(offset)) || 0;
          if (at < 0 || at + elementBytes[type] > shape.length)
            throw this.#error('RangeError', 'Offset is outside the bounds of the DataView');
          const address = shape.extent.base + shape.byteOffset + at;
          return little || elementBytes[type] === 1 ? { address, type } : { address, type, bigEndian: true };
        };
        if (access === 'get')
          return (offset: unknown, little: unknown) =>
            this.#operator.operate({ name: 'read', cell: cellAt(offset, little) });
        return (offset: unknown, value: unknown, little: unknown) => {
          const stored = this.#coerced(type, value);
          this.#operator.operate({ name: 'write', cell: cellAt(offset, little), value: stored });
        };
      },
    });
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
          throw this.#error('RangeError', `start offset of ${type} should be a multiple of ${bytes}`);
        if (byteOffset < 0 || wanted < 0 || wanted * bytes > rest)
          throw this.#error('RangeError', `Invalid typed array length: ${wanted}`);
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
        this.#operator.refuse(
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

  #atomics(native: Record<string, AnyFunction>): Record<string, unknown> {
    const atomics: Record<string, unknown> = {};
    for (const name of Object.getOwnPropertyNames(native)) {
      atomics[name] = name === 'isLockFree' || name === 'pause' ? native[name] : this.#atomic(name, native[name]!);
    }
    Object.defineProperty(atomics, Symbol.toStringTag, { value: 'Atomics', configurable: true });
    return atomics;
  }

  #atomic(name: string, native: AnyFunction): AnyFunction {
    return (...args: unknown[]) => {
      if (name === 'waitAsync')
        return this.#operator.refuse('Atomics.waitAsync cannot be explored: wait with Atomics.wait');
      const shape = this.shapeOf(args[0]);
      if (!shape) {
        if (name === 'wait') return this.#operator.refuse('Atomics.wait on memory that nobody else has');
        return Reflect.apply(native, undefined, args);
      }
      return this.#atomicOperation(name, shape, args.slice(1));
    };
  }

  #atomicOperation(name: string, shape: ViewShape, [index, first, second]: unknown[]): unknown {
    const { type } = shape;
    const waits = name === 'wait' || name === 'notify';
    const takes = waits ? /^(Int32|BigInt64)Array$/ : /^(Big)?U?[Ii]nt(8|16|32|64)Array$/;
    if (type === 'DataView' || !takes.test(type))
      throw this.#error('TypeError', `[object ${type}] is not an integer shared typed array.`);
    const at = Math.trunc(Number(index)) || 0;
    if (!this.#isWithin(at, shape.length)) throw this.#error('RangeError', 'Invalid atomic access index');
    const cell = cellOf(shape, at);
    const element = (value: unknown): Value => this.#coerced(type, isBig(type) ? value : whole(value));
    switch (name) {
      case 'load':
        return this.#operator.operate({ name, cell });
      case 'store': {
        const given = isBig(type) ? (this.#native.BigInt as (value: unknown) => bigint)(first) : whole(first);
        this.#operator.operate({ name, cell, value: this.#coerced(type, given) });
        return given;
      }
      case 'compareExchange':
        return this.#operator.operate({ name, cell, expected: element(first), value: element(second) });
      case 'wait': {
        const timeout = second === undefined ? Number.NaN : Number(second);
        const timeoutMs = Number.isNaN(timeout) || timeout === Number.POSITIVE_INFINITY ? null : Math.max(timeout, 0);
        return this.#operator.operate({ name, cell, value: element(first), timeoutMs });
      }
      case 'notify':
        return this.#operator.operate({
          name,
          cell,
          count: first === undefined || first === Number.POSITIVE_INFINITY ? null : Math.max(0, whole(first)),
        });
    }
    if (!changes.has(name)) return this.#operator.refuse(`Atomics.${name} cannot be explored`);
    return this.#operator.operate({ name: name as 'add', cell, value: element(first) });
  }
}

function cellOf(shape: ViewShape, index: number): { address: number; type: ElementType } {
  const type = shape.type as ElementType;
  return { address: shape.extent.base + shape.byteOffset + index * elementBytes[type], type };
}

/** The number that a key of a typed array means (ECMA-262, CanonicalNumericIndexString), or undefined for a name. */
function indexOf(key: PropertyKey): number | undefined {
  if (typeof key !== 'string') return undefined;
  if (key === '-0') return -0;
  const number = Number(key);
  return String(number) === key ? number : undefined;
}

function isAccessorOfNative(key: PropertyKey): boolean {
  return key === Symbol.toStringTag;
}

function isBig(type: ElementType): boolean {
  return type === 'BigInt64Array' || type === 'BigUint64Array';
}

/** ToIntegerOrInfinity */
function whole(value: unknown): number {
  const number = Number(value);
  return Number.isNaN(number) ? 0 : Math.trunc(number) + 0;
}

function relative(index: unknown, length: number, otherwise: number): number {
  if (index === undefined) return otherwise;
  const at = whole(index);
  return at < 0 ? Math.max(0, length + at) : Math.min(at, length);
}
