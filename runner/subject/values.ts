// How a value crosses the wire: plain JSON in which everything that JSON would lose carries a tag. Used on both
// sides. On the judge's side every byte is hostile, so `decode` builds nothing but fresh plain data, knows its
// depth, and hands functions only to the caller's `makeFunction`. It knows nothing of frames and pipes.

/** Nesting deeper than this is refused on both sides. */
export const maxDepth = 50;

/**
 * The encoded form. A primitive that JSON carries faithfully stands for itself; all else is an array that begins
 * with its tag: `['n', 'NaN']`, `['a', [...]]`, `['o', [[key, value], ...]]`.
 */
export type Encoded = null | boolean | string | number | readonly [string, ...unknown[]];

/** A value that cannot cross, or an encoding that is not one. */
export class WireError extends Error {
  override name = 'WireError';
}

/** What `encode` does with a function: keeps it on its side and gives it a number. */
export type KeepFunction = (fn: (...args: never[]) => unknown, receiver?: object) => number;
/** What `decode` makes of the number of a function on the other side. */
export type MakeFunction = (id: number) => (...args: unknown[]) => Promise<unknown>;

const typedArrays = {
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
  BigInt64Array,
  BigUint64Array,
} as const;

/**
 * Names that a matcher, `await` or a printer would call on its own: a function under such a name never crosses,
 * so that a returned object cannot pose as a matcher or as a promise.
 */
const calledByOthers = new Set([
  'then',
  'asymmetricMatch',
  'toAsymmetricMatcher',
  'toJSON',
  'toString',
  'valueOf',
  'constructor',
  '__proto__',
]);

const ofEveryError = new Set(['name', 'message', 'stack']);

/**
 * @param stackOf what is said of where an error comes from
 * @throws WireError for what cannot cross: cycles, nesting below `maxDepth`
 */
export function encode(value: unknown, keepFunction: KeepFunction, stackOf = ownStack): Encoded {
  const open = new Set<object>();
  return enter(value, 0);

  function enter(item: unknown, depth: number): Encoded {
    switch (typeof item) {
      case 'string':
      case 'boolean':
        return item;
      case 'number':
        return Number.isFinite(item) && !Object.is(item, -0) ? item : ['n', Object.is(item, -0) ? '-0' : String(item)];
      case 'undefined':
        return ['u'];
      case 'bigint':
        return ['b', item.toString()];
      case 'symbol':
        return ['y', item.description ?? ''];
      case 'function':
        return ['f', keepFunction(item as (...args: never[]) => unknown)];
      default:
        return item === null ? null : enterObject(item as object, depth);
    }
  }

  function enterObject(item: object, depth: number): Encoded {
    if (depth >= maxDepth) throw new WireError(`a value nested more than ${maxDepth} deep cannot be handed over`);
    if (open.has(item)) throw new WireError('a value that contains itself cannot be handed over');
    open.add(item);
    try {
      return encodeObject(item, depth + 1);
    } finally {
      open.delete(item);
    }
  }

  function encodeObject(item: object, depth: number): Encoded {
    if (Array.isArray(item)) return ['a', Array.from(item, (element) => enter(element, depth))];
    if (item instanceof Date) return ['d', enter(item.getTime(), depth)];
    if (item instanceof Map)
      return ['m', Array.from(item, ([key, element]) => [enter(key, depth), enter(element, depth)])];
    if (item instanceof Set) return ['s', Array.from(item, (element) => enter(element, depth))];
    if (item instanceof URL) return ['l', item.href];
    if (item instanceof RegExp) return ['r', item.source, item.flags];
    if (item instanceof Error) return encodeError(item, depth);
    if (item instanceof ArrayBuffer || item instanceof SharedArrayBuffer)
      return ['t', 'ArrayBuffer', base64(new Uint8Array(item))];
    if (ArrayBuffer.isView(item)) {
      const name = typedArrayName(item);
      return ['t', name, base64(new Uint8Array(item.buffer, item.byteOffset, item.byteLength))];
    }
    const members = Object.entries(item).map(([key, member]) => [key, enter(member, depth)] as const);
    const prototype = Object.getPrototypeOf(item) as object | null;
    if (prototype === null || prototype === Object.prototype) return ['o', members];
    const methods = methodsOf(item).map(
      ([key, method]) => [key, ['f', keepFunction(method as (...args: never[]) => unknown, item)]] as const,
    );
    return ['o', [...members, ...methods]];
  }

  function encodeError(error: Error, depth: number): Encoded {
    const extra = Object.entries(error).filter(([key]) => !ofEveryError.has(key));
    const cause = error.cause === undefined ? [] : [['cause', enter(error.cause, depth)] as const];
    return [
      'e',
      String(error.name),
      String(error.message),
      stackOf(error),
      [
        ...cause,
        ...extra.filter(([key]) => key !== 'cause').map(([key, member]) => [key, enter(member, depth)] as const),
      ],
    ];
  }
}

function ownStack(error: Error): string {
  return String(error.stack ?? '');
}

/** The methods of an object of a class, its own class first; accessors are left alone, for reading them runs code. */
function methodsOf(item: object): [string, unknown][] {
  const methods = new Map<string, unknown>();
  for (
    let layer = Object.getPrototypeOf(item) as object | null;
    layer && layer !== Object.prototype;
    layer = Object.getPrototypeOf(layer) as object | null
  ) {
    for (const [key, property] of Object.entries(Object.getOwnPropertyDescriptors(layer))) {
      if (key !== 'constructor' && typeof property.value === 'function' && !methods.has(key))
        methods.set(key, property.value);
    }
  }
  return [...methods];
}

function typedArrayName(view: ArrayBufferView): string {
  for (const [name, constructor] of Object.entries(typedArrays)) {
    // Buffer is a Uint8Array and crosses as one.
    if (view instanceof constructor) return name;
  }
  return 'DataView';
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}

/**
 * @param encoded anything that JSON.parse may have returned
 * @throws WireError when it is not an encoded value
 */
export function decode(encoded: unknown, makeFunction: MakeFunction): unknown {
  return enter(encoded, 0);

  function enter(item: unknown, depth: number): unknown {
    if (item === null || typeof item === 'string' || typeof item === 'boolean' || typeof item === 'number') return item;
    if (depth > maxDepth) throw new WireError(`nested more than ${maxDepth} deep`);
    if (!Array.isArray(item)) throw new WireError('an object without a tag');
    const [tag, first, second] = item as unknown[];
    switch (tag) {
      case 'u':
        return undefined;
      case 'n':
        return numberOf(first);
      case 'b':
        if (!/^-?\d{1,10000}$/.test(text(first))) throw new WireError('not a BigInt');
        return BigInt(text(first));
      case 'y':
        return `Symbol(${text(first)})`;
      case 'f':
        return functionOf(first);
      case 'a':
        return list(first).map((element) => enter(element, depth + 1));
      case 'd':
        return new Date(number(enter(first, depth + 1)));
      case 'm':
        return new Map(pairs(first).map(([key, element]) => [enter(key, depth + 1), enter(element, depth + 1)]));
      case 's':
        return new Set(list(first).map((element) => enter(element, depth + 1)));
      case 'l':
        return URL.canParse(text(first)) ? new URL(text(first)) : text(first);
      case 'r':
        // Never run here: a pattern of the other side could take for ever.
        return `/${text(first)}/${text(second)}`;
      case 't':
        return bytesOf(text(first), text(second));
      case 'o':
        return members({}, pairs(first), depth);
      case 'e':
        return errorOf(item, depth);
      default:
        throw new WireError('an unknown tag');
    }
  }

  function members<T extends object>(target: T, entries: [unknown, unknown][], depth: number): T {
    for (const [key, member] of entries) {
      // What an error says was set above, as text: whoever reads its message calls methods of a string.
      if (target instanceof Error && ofEveryError.has(text(key))) continue;
      const isFunction = Array.isArray(member) && member[0] === 'f';
      if (isFunction && calledByOthers.has(text(key))) continue;
      // defineProperty, for a plain assignment to `__proto__` would change the prototype.
      Object.defineProperty(target, text(key), {
        value: enter(member, depth + 1),
        enumerable: true,
        configurable: true,
        writable: true,
      });
    }
    return target;
  }

  function functionOf(id: unknown): unknown {
    if (!Number.isSafeInteger(id) || (id as number) < 0) throw new WireError('not a function');
    return makeFunction(id as number);
  }

  function errorOf(item: unknown[], depth: number): Error {
    const [, name, message, stack, extra] = item;
    const error = new Error(text(message));
    for (const [key, value] of [
      ['name', text(name)],
      ['stack', text(stack)],
    ] as const)
      Object.defineProperty(error, key, { value, enumerable: false, configurable: true, writable: true });
    return members(error, pairs(extra), depth);
  }
}

function bytesOf(name: string, data: string): unknown {
  const bytes = Uint8Array.from(Buffer.from(data, 'base64'));
  if (name === 'ArrayBuffer') return bytes.buffer;
  if (name === 'DataView') return new DataView(bytes.buffer);
  const constructor = Object.hasOwn(typedArrays, name) ? typedArrays[name as keyof typeof typedArrays] : undefined;
  if (!constructor || bytes.byteLength % constructor.BYTES_PER_ELEMENT !== 0) throw new WireError('not a typed array');
  return new constructor(bytes.buffer);
}

function numberOf(item: unknown): number {
  const special: Record<string, number> = {
    NaN: Number.NaN,
    Infinity: Number.POSITIVE_INFINITY,
    '-Infinity': Number.NEGATIVE_INFINITY,
    '-0': -0,
  };
  const value = Object.hasOwn(special, text(item)) ? special[text(item)] : undefined;
  if (value === undefined) throw new WireError('not a number');
  return value;
}

function text(item: unknown): string {
  if (typeof item !== 'string') throw new WireError('not a text');
  return item;
}

function number(item: unknown): number {
  if (typeof item !== 'number') throw new WireError('not a number');
  return item;
}

function list(item: unknown): unknown[] {
  if (!Array.isArray(item)) throw new WireError('not a list');
  return item;
}

function pairs(item: unknown): [unknown, unknown][] {
  return list(item).map((pair) => {
    if (!Array.isArray(pair) || pair.length !== 2) throw new WireError('not a pair');
    return pair as [unknown, unknown];
  });
}
