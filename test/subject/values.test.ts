// Values that cross the wire: what goes in comes out, and from hostile bytes nothing comes but fresh plain data.
import { deepStrictEqual } from 'node:assert/strict';
import { describe, expect, test } from 'vitest';
import { randomFrom } from '../../runner/kit/random.ts';
import { decode, encode, maxDepth, WireError } from '../../runner/subject/values.ts';

const noFunctions = () => {
  throw new Error('no function was to cross');
};

function crossed(value: unknown): unknown {
  return decode(JSON.parse(JSON.stringify(encode(value, noFunctions))), noFunctions);
}

/** A value of at most this depth, of every kind that crosses as itself. */
function anyValue(int: (low: number, high: number) => number, depth: number): unknown {
  const some = <T>(make: () => T): T[] => Array.from({ length: int(0, 4) }, make);
  const inner = (): unknown => anyValue(int, depth - 1);
  const text = (): string =>
    String.fromCodePoint(...some(() => [int(0, 0x7f), int(0x80, 0xd7ff), int(0x1_00_00, 0x10_ff_ff)][int(0, 2)] ?? 0));
  const bits = new DataView(new ArrayBuffer(8));
  bits.setUint32(0, int(0, 2 ** 32 - 1));
  bits.setUint32(4, int(0, 2 ** 32 - 1));
  const leaves: (() => unknown)[] = [
    () => null,
    () => undefined,
    () => int(0, 1) === 1,
    () => bits.getFloat64(0),
    () => [0, -0, Infinity, -Infinity, NaN, Number.MAX_SAFE_INTEGER, Number.MIN_VALUE, 0.1][int(0, 7)],
    () => int(-1_000, 1_000),
    () => bits.getBigInt64(0) ** BigInt(int(1, 9)),
    text,
    () => ['__proto__', 'constructor', 'then', 'f', 'u', '\0', '\ud800', '"\n'][int(0, 7)],
    () => new Date([bits.getInt32(0), NaN][int(0, 1)] ?? 0),
    () => new URL(`http://host-${int(1, 99)}.example/path?q=${int(1, 9)}`),
    () => Uint8Array.from(some(() => int(0, 255))),
    () => Float64Array.from(some(() => bits.getFloat64(0))),
    () => BigUint64Array.from(some(() => bits.getBigUint64(0))),
    () => Uint16Array.from(some(() => int(0, 65_535))).buffer,
    () => new DataView(Uint8Array.from(some(() => int(0, 255))).buffer),
  ];
  const branches: (() => unknown)[] = [
    () => some(inner),
    () => Object.fromEntries(some(() => [text() || 'x', inner()])),
    () => JSON.parse('{"__proto__": 1, "constructor": {"prototype": null}, "toString": 2}') as unknown,
    () => new Map(some(() => [inner(), inner()])),
    () => new Set(some(inner)),
    () => Object.assign(new Error(text()), { cause: inner() ?? null, detail: inner() }),
  ];
  const kinds = depth > 0 ? [...leaves, ...branches, ...branches] : leaves;
  return kinds[int(0, kinds.length - 1)]?.();
}

describe('what goes in comes out', () => {
  // The name of a failure tells its seeds.
  test.each(Array.from({ length: 20 }, (_, block) => block * 25))('random values: seeds from %i', (first) => {
    for (let seed = first; seed < first + 25; seed += 1) {
      const value = anyValue(randomFrom(String(seed), 'values').int, 5);
      deepStrictEqual(crossed(value), value);
    }
  });

  test('-0, holes and undefined members stay what they are', () => {
    expect(Object.is(crossed(-0), -0)).toBe(true);
    expect(crossed([undefined, null])).toStrictEqual([undefined, null]);
    expect(crossed({ a: undefined })).toStrictEqual({ a: undefined });
    expect(crossed(Array.from({ length: 3 }))).toStrictEqual([undefined, undefined, undefined]);
  });

  test('a view of a part of a buffer brings that part', () => {
    const bytes = Uint8Array.of(1, 2, 3, 4);
    expect(crossed(bytes.subarray(1, 3))).toStrictEqual(Uint8Array.of(2, 3));
    expect(crossed(Buffer.from('abc'))).toStrictEqual(Uint8Array.of(97, 98, 99));
    expect(crossed(new SharedArrayBuffer(2))).toStrictEqual(new ArrayBuffer(2));
  });

  test('an error keeps its name, what it says and where it comes from', () => {
    const error = new TypeError('wrong');
    expect(crossed(error)).toMatchObject({ name: 'TypeError', message: 'wrong', stack: error.stack });
  });

  test('a symbol and a pattern come as text', () => {
    expect(crossed([Symbol('s'), /a+/g])).toEqual(['Symbol(s)', '/a+/g']);
  });
});

describe('functions', () => {
  test('get numbers, with the object whose methods they are', () => {
    class Counter {
      count = 1;
      next(): number {
        return (this.count += 1);
      }
    }
    const kept: { fn: unknown; receiver: unknown }[] = [];
    const counter = new Counter();
    const encoded = encode({ counter, plain: Math.max }, (fn, receiver) => kept.push({ fn, receiver }) - 1);
    expect(kept).toEqual([
      { fn: Counter.prototype.next, receiver: counter },
      { fn: Math.max, receiver: undefined },
    ]);
    const made: number[] = [];
    const decoded = decode(encoded, (id) => {
      made.push(id);
      return () => Promise.resolve(id);
    }) as { counter: { count: number; next(): Promise<number> } };
    expect(made.sort((a, b) => a - b)).toEqual([0, 1]);
    expect(decoded.counter.count).toBe(1);
  });

  test('never come under a name that others call on their own', () => {
    const names = [
      'then',
      'asymmetricMatch',
      'toAsymmetricMatcher',
      'toJSON',
      'toString',
      'valueOf',
      'constructor',
      '__proto__',
      'fine',
    ];
    for (const tag of ['o', 'e']) {
      const members = names.map((name) => [name, ['f', 0]]);
      const encoded = tag === 'o' ? ['o', members] : ['e', 'Error', '', '', members];
      const decoded = decode(encoded, () => () => Promise.resolve()) as object;
      expect(Object.keys(decoded)).toEqual(['fine']);
    }
  });

  test('getters are not asked', () => {
    class Trap {
      get secret(): never {
        throw new Error('was asked');
      }
    }
    expect(crossed(new Trap())).toEqual({});
  });
});

describe('what cannot go in', () => {
  test('what contains itself', () => {
    const round: unknown[] = [];
    round.push({ round });
    expect(() => encode(round, noFunctions)).toThrow(WireError);
  });
  test('the same value twice is no circle', () => {
    const twice = { a: 1 };
    expect(crossed([twice, twice])).toEqual([twice, twice]);
  });
  test('what is nested too deep', () => {
    const nested = (depth: number): unknown => (depth === 0 ? 1 : [nested(depth - 1)]);
    expect(crossed(nested(maxDepth))).toEqual(nested(maxDepth));
    expect(() => encode(nested(maxDepth + 1), noFunctions)).toThrow('nested more than');
  });
});

describe('from hostile bytes', () => {
  const nested = (depth: number): unknown => (depth === 0 ? 1 : ['a', [nested(depth - 1)]]);
  test.each([
    ['an object without a tag', { a: 1 }],
    ['an unknown tag', ['z', 1]],
    ['an empty list', []],
    ['a tag that is no text', [['a'], []]],
    ['members that are no pairs', ['o', [['a']]]],
    ['members that are no list', ['o', { length: 1 }]],
    ['a key that is no text', ['o', [[{}, 1]]]],
    ['a number that is none', ['n', '12']],
    ['a number by an inherited name', ['n', 'toString']],
    ['digits that are none', ['b', '12x']],
    ['too many digits', ['b', '9'.repeat(10_001)]],
    ['a function without a number', ['f', 'constructor']],
    ['a function below 0', ['f', -1]],
    ['a function with a broken number', ['f', 1.5]],
    ['a typed array by an inherited name', ['t', 'constructor', '']],
    ['a typed array of another', ['t', 'Function', '']],
    ['bytes that do not fill it', ['t', 'Float64Array', 'AAA=']],
    ['a date of text', ['d', 'now']],
    ['an error whose message is a function', ['e', 'Error', ['f', 0], '', []]],
    ['what is nested too deep', nested(maxDepth + 5)],
  ])('%s is refused', (_, encoded) => {
    expect(() => decode(encoded, () => () => Promise.resolve())).toThrow(WireError);
  });

  test('keys change no prototype', () => {
    const decoded = decode(
      [
        'o',
        [
          ['__proto__', ['o', [['polluted', true]]]],
          ['constructor', 1],
        ],
      ],
      noFunctions,
    ) as object;
    expect(Object.getPrototypeOf(decoded)).toBe(Object.prototype);
    expect(Object.keys(decoded)).toEqual(['__proto__', 'constructor']);
    expect('polluted' in decoded).toBe(false);
    expect('polluted' in {}).toBe(false);
  });

  test('an error says what its text says, whatever its members are', () => {
    const members = ['message', 'name', 'stack'].map((name) => [name, ['o', [['includes', ['f', 0]]]]]);
    const error = decode(['e', 'Error', 'said', 'stack', members], () => () => Promise.resolve()) as Error;
    expect([error.name, error.message, error.stack]).toEqual(['Error', 'said', 'stack']);
  });

  test.each(Array.from({ length: 20 }, (_, seed) => seed))(
    'random encodings give a value or a WireError: seed %i',
    (seed) => {
      const { int } = randomFrom(String(seed), 'hostile');
      const any = (depth: number): unknown => {
        if (depth === 0) return [null, 1, 'a', true, {}, '__proto__', -1, 1e300][int(0, 7)];
        const tag = ['a', 'o', 'm', 's', 'e', 't', 'n', 'b', 'd', 'f', 'l', 'r', 'u', 'y'][int(0, 13)];
        const part = (): unknown => any(depth - 1);
        const parts = Array.from({ length: int(0, 4) }, () =>
          int(0, 1) ? part() : Array.from({ length: int(0, 3) }, part),
        );
        return [tag, ...parts];
      };
      for (let turn = 0; turn < 200; turn += 1) {
        try {
          decode(any(4), () => () => Promise.resolve());
        } catch (error) {
          expect(error).toBeInstanceOf(WireError);
        }
      }
    },
  );
});
