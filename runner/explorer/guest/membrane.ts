// How values get from one side of a thread to the other: from the author's scenario to the learner's module and back, or
// from `setup` to a thread. Data is copied, views stay views of the same memory, functions and objects with methods stay
// where they are and are called from afar. What comes from the other side is never trusted to be of any shape.
import type { Globals, SharedMemory } from './shared-memory.ts';
import type { Extent, ViewShape } from './shared-memory.ts';

/** A value on its way: a primitive stands for itself. */
export type Crossing =
  | undefined
  | null
  | boolean
  | number
  | bigint
  | string
  | readonly ['array', readonly Crossing[]]
  | readonly ['object', readonly (readonly [string, Crossing])[]]
  | readonly ['map', readonly (readonly [Crossing, Crossing])[]]
  | readonly ['set', readonly Crossing[]]
  | readonly ['error', name: string, message: string, code: string]
  | readonly ['view', ViewShape]
  | readonly ['buffer', Extent]
  /** it stays with whoever sends it, under this number; `isFunction` */
  | readonly ['mine', number, boolean]
  /** it came from whoever receives it */
  | readonly ['yours', number]
  /** what the two sides have agreed on besides (`MembraneSide.special`) */
  | readonly ['special', kind: string, number, content: Crossing];

/** What is asked of something on the other side. */
export type Demand =
  | readonly ['apply', number]
  | readonly ['construct', number]
  | readonly ['get', number, string]
  | readonly ['set', number, string]
  | readonly ['has', number, string];

/** Nesting deeper than this is refused. */
const mostDepth = 40;

/** Characters: a longer text is refused, too; of an error's it is the beginning. */
export const mostText = 256 * 1024;

/** From any object these lead to the built-ins of its realm, and from there to code of one's own. */
const closedKeys = /^(constructor|prototype|caller|callee|arguments|__\w*)$/;

const isErrorName = /^(Aggregate|Eval|Range|Reference|Syntax|Type|URI)?Error$/;

/** Symbols that can be asked for from afar, and the names that they go by on their way. */
const symbolNames: ReadonlyMap<symbol, string> = new Map([
  [Symbol.iterator, '@@iterator'],
  [Symbol.asyncIterator, '@@asyncIterator'],
]);
const symbols: ReadonlyMap<string, symbol> = new Map([...symbolNames].map(([symbol, name]) => [name, symbol]));

/** The other side asks for what it cannot have. */
export class MembraneError extends Error {
  override name = 'MembraneError';
}

export interface MembraneSide {
  /** the built-ins of the realm that values are made in */
  readonly native: Globals;
  readonly memory: Pick<SharedMemory, 'shapeOf' | 'extentOf' | 'view' | 'buffer'>;
  /** functions of the other side may be classes, with properties of their own */
  readonly hasClasses?: boolean;
  /** asks the other side; undefined where there is none */
  readonly demand?: (demand: Demand, args: readonly Crossing[]) => Crossing;
  /** values that cross in a way of their own, as promises do */
  readonly special?: {
    send(value: object, each: (value: unknown) => Crossing): Crossing | undefined;
    receive(kind: string, number: number, content: Crossing, each: (crossing: Crossing) => unknown): unknown;
  };
}

/** One run's side of a membrane: numbers are given in the order in which things cross, so every run gives the same. */
export class Membrane {
  readonly #side: MembraneSide;
  readonly #mine: object[] = [];
  readonly #numbers = new Map<object, number>();
  readonly #theirs = new Map<object, number>();
  readonly #remote = new Map<number, object>();

  constructor(side: MembraneSide) {
    this.#side = side;
  }

  /** Makes an object known to the other side before anything crosses. */
  keep(value: object): number {
    const known = this.#numbers.get(value);
    if (known !== undefined) return known;
    const number = this.#mine.push(value) - 1;
    this.#numbers.set(value, number);
    return number;
  }

  /** What stayed on this side though the other got a number for it. */
  get kept(): readonly object[] {
    return this.#mine;
  }

  send(value: unknown, depth = 0): Crossing {
    switch (typeof value) {
      case 'string':
        if (value.length > mostText) throw new MembraneError('a text as long as this cannot be handed over');
        return value;
      case 'symbol':
        throw new MembraneError('a symbol cannot be handed over');
      case 'function':
      case 'object':
        break;
      default:
        return value as Crossing;
    }
    if (value === null) return null;
    if (depth > mostDepth) throw new MembraneError('what is nested so deeply cannot be handed over');
    const theirs = this.#theirs.get(value);
    if (theirs !== undefined) return ['yours', theirs];
    const { memory, native, special } = this.#side;
    const sent = special?.send(value, (item) => this.send(item, depth + 1));
    if (sent) return sent;
    const shape = memory.shapeOf(value);
    if (shape) return ['view', shape];
    const extent = memory.extentOf(value);
    if (extent) return ['buffer', extent];
    if (typeof value === 'function') return ['mine', this.keep(value), true];
    const each = (item: unknown): Crossing => this.send(item, depth + 1);
    if (value instanceof (native.Array as ArrayConstructor)) return ['array', Array.from(value, each)];
    if (value instanceof (native.Map as MapConstructor))
      return ['map', Array.from(value, ([key, item]) => [each(key), each(item)] as const)];
    if (value instanceof (native.Set as SetConstructor)) return ['set', Array.from(value, each)];
    if (value instanceof (native.Error as ErrorConstructor)) return errorCrossing(value);
    if (!isPlainData(value, native)) return ['mine', this.keep(value), false];
    return ['object', Object.entries(value).map(([key, item]) => [key, each(item)] as const)];
  }

  receive(crossing: Crossing): unknown {
    if (!Array.isArray(crossing)) return crossing;
    const [tag, content] = crossing as readonly [string, unknown, ...unknown[]];
    const { native, memory } = this.#side;
    const each = (item: Crossing): unknown => this.receive(item);
    switch (tag) {
      case 'array':
        return (native.Array as ArrayConstructor).from(content as Crossing[], each);
      case 'object': {
        const object = new (native.Object as ObjectConstructor)() as Record<string, unknown>;
        for (const [key, item] of content as [string, Crossing][])
          Object.defineProperty(object, key, {
            value: each(item),
            writable: true,
            enumerable: true,
            configurable: true,
          });
        return object;
      }
      case 'map':
        return new (native.Map as MapConstructor)(
          (content as [Crossing, Crossing][]).map(([key, item]) => [each(key), each(item)]),
        );
      case 'set':
        return new (native.Set as SetConstructor)((content as Crossing[]).map(each));
      case 'error': {
        const [, name, message] = crossing as readonly ['error', string, string, string];
        // Not any of the built-ins: whoever sends a name and a message must not make a Function of them.
        const known = isErrorName.test(name) && Object.hasOwn(native, name) ? native[name] : undefined;
        const error = new ((known ?? native.Error) as ErrorConstructor)(message);
        if (!known) Object.defineProperty(error, 'name', { value: name, configurable: true, writable: true });
        return error;
      }
      case 'view':
        return memory.view(content as ViewShape);
      case 'buffer':
        return memory.buffer(content as Extent);
      case 'yours': {
        const own = this.#mine[content as number];
        if (!own) throw new MembraneError('there is nothing under this number');
        return own;
      }
      case 'special': {
        const [, , number, inner] = crossing as readonly ['special', string, number, Crossing];
        if (!this.#side.special) break;
        return this.#side.special.receive(String(content), number, inner, each);
      }
      case 'mine':
        return this.#fromAfar(content as number, crossing[2] as boolean);
    }
    throw new MembraneError('that is no value');
  }

  /** Does what the other side asks of something of this side. */
  fulfil([kind, number, key]: Demand, args: readonly Crossing[]): Crossing {
    const target = this.#mine[number];
    if (!target) throw new MembraneError('there is nothing under this number');
    if (key !== undefined && closedKeys.test(key)) throw new MembraneError(`${key} cannot be asked for from afar`);
    const [first, ...rest] = args.map((arg) => this.receive(arg));
    const call = target as (...args: unknown[]) => unknown;
    switch (kind) {
      case 'apply':
        return this.send(Reflect.apply(call, first, rest));
      case 'construct':
        return this.send(Reflect.construct(call, args.length === 0 ? [] : [first, ...rest]) as unknown);
      case 'get':
        return this.send(Reflect.get(target, symbols.get(key ?? '') ?? key ?? '') as unknown);
      case 'has':
        return Reflect.has(target, key ?? '');
      case 'set':
        // The scenario's own objects are what it judges by.
        if (this.#side.hasClasses) throw new MembraneError("an object of the scenario's cannot be changed from here");
        return Reflect.set(target, key ?? '', first);
    }
  }

  #fromAfar(number: number, isFunction: boolean): object {
    const known = this.#remote.get(number);
    if (known) return known;
    const { demand } = this.#side;
    if (!demand) throw new MembraneError('a function cannot be handed over here');
    const ask = (kind: Demand[0], key: string | undefined, args: readonly unknown[]): unknown =>
      this.receive(
        demand(
          (key === undefined ? [kind, number] : [kind, number, key]) as Demand,
          args.map((arg) => this.send(arg)),
        ),
      );
    const apply = (receiver: unknown, args: readonly unknown[]): unknown =>
      ask('apply', undefined, [this.#isPassable(receiver) ? receiver : undefined, ...args]);
    // Where no more than callbacks come from afar they are functions like any other: V8 calls no proxy to dispose of
    // something.
    const isCallback = isFunction && !this.#side.hasClasses;
    const target: object = isFunction
      ? function remote(this: unknown, ...args: unknown[]): unknown {
          return apply(this, args);
        }
      : {};
    const remote = isCallback ? target : this.#proxied(target, isFunction, apply, ask);
    this.#remote.set(number, remote);
    this.#theirs.set(remote, number);
    return remote;
  }

  #proxied(
    target: object,
    isFunction: boolean,
    apply: (receiver: unknown, args: readonly unknown[]) => unknown,
    ask: (kind: Demand[0], key: string | undefined, args: readonly unknown[]) => unknown,
  ): object {
    return new Proxy(target, {
      apply: (_, receiver, args: unknown[]) => apply(receiver, args),
      construct: (_, args: unknown[]) => ask('construct', undefined, args) as object,
      get: (_, key) => {
        const name = typeof key === 'symbol' ? symbolNames.get(key) : key;
        if (name === undefined) return undefined;
        return key === 'prototype' && isFunction ? (Reflect.get(target, key) as unknown) : ask('get', name, []);
      },
      has: (_, key) => typeof key === 'string' && (ask('has', key, []) as boolean),
      set: (_, key, value) => typeof key === 'string' && (ask('set', key, [value]) as boolean),
    });
  }

  /** A namespace or another object that only lies at hand is nothing that the other side should get as its `this`. */
  #isPassable(receiver: unknown): boolean {
    return typeof receiver === 'object' && receiver !== null && this.#theirs.has(receiver);
  }
}

/** An error as it is handed over, whatever is long in it. */
export function errorCrossing({ name, message, code }: NodeJS.ErrnoException): Crossing {
  const [called, said, coded] = [name, message, code ?? ''].map((text) => String(text).slice(0, mostText));
  return ['error', called ?? '', said ?? '', coded ?? ''];
}

/** Whether nothing is lost when it is copied: an object without methods and without a class. */
function isPlainData(value: object, native: Globals): boolean {
  const prototype = Object.getPrototypeOf(value) as object | null;
  if (prototype !== null && prototype !== (native.Object as ObjectConstructor).prototype) return false;
  return Object.values(Object.getOwnPropertyDescriptors(value)).every(
    (property) => 'value' in property && typeof property.value !== 'function',
  );
}
