// What a thread can be written with. Each text adds 1 to `m[0]`, in a way of its own; two threads do it once each. If its
// accesses are seen, they are lost (`lost`: read, then written) or they are not (`kept`: one step); if they were not seen, the
// sum would be wrong without a preemption, too. `here` marks the line that a refusal must name.

export type Expected =
  /** a lost update: the sum is wrong, by a preemption at least */
  | 'lost'
  /** no interleaving is wrong */
  | 'kept'
  | { readonly kind: 'exception' | 'race' | 'livelock'; readonly said?: RegExp }
  | { readonly refused: RegExp };

export interface Construct {
  readonly name: string;
  readonly body: string;
  readonly expected: Expected;
  /** of the module */
  readonly top?: string;
  /** of `final` */
  readonly holds?: string;
}

const lost = (name: string, body: string, rest: Partial<Construct> = {}): Construct => ({
  name,
  body,
  expected: 'lost',
  ...rest,
});
const kept = (name: string, body: string, rest: Partial<Construct> = {}): Construct => ({
  name,
  body,
  expected: 'kept',
  ...rest,
});
const refused = (name: string, body: string, reason: RegExp, rest: Partial<Construct> = {}): Construct => ({
  name,
  body,
  expected: { refused: reason },
  ...rest,
});
const throws = (name: string, body: string, said: RegExp, rest: Partial<Construct> = {}): Construct => ({
  name,
  body,
  expected: { kind: 'exception', said },
  ...rest,
});
/** Of the shared views: the same sum elsewhere. */
const elsewhere = (view: string, one: string, value: string): Construct =>
  lost(`elements of ${view}`, `${view}[1] = ${view}[1] + ${one};`, { holds: `${view}[1] === ${value}` });
const inDataView = (type: string, one: string, value: string): Construct =>
  lost(
    `DataView ${type}`,
    `dv.set${type}(8, dv.get${type}(8) + ${one}, true); dv.set${type}(8, dv.get${type}(8, true));`,
    {
      body: `dv.set${type}(8, dv.get${type}(8, true) + ${one}, true);`,
      holds: `dv.get${type}(8, true) === ${value}`,
    },
  );

export const constructs: readonly Construct[] = [
  // Elements and operators.
  lost('++ of an element', 'm[0]++;'),
  lost('++ before an element', '++m[0];'),
  lost('+= of an element', 'm[0] += 1;'),
  lost('**= of an element', 'm[0] = (m[0] + 1) ** 1;'),
  lost('??= of an element', 'm[0] ??= 9; m[0] = m[0] + 1;'),
  lost('||= of an element', 'const was = m[0]; m[3] ||= 1; m[0] = was + m[3];'),
  lost('a comma', 'let n; (n = m[0], m[0] = n + 1);'),
  lost('optional chaining', 'const s = { m }; m[0] = s?.m?.[0] + 1;'),
  lost('an index that is a text', "m['0'] = m['0'] + 1;"),
  lost('a destructuring of a view', 'const [first] = m; m[0] = first + 1;'),
  lost('a destructuring of an element by name', 'const { 0: first } = m; m[0] = first + 1;'),
  lost('a destructuring into elements', 'const n = m[0]; [m[0], m[1]] = [n + 1, 7];'),
  lost('a swap', 'm[1] = 0; [m[0], m[2]] = [m[0] + 1, m[0]];'),
  lost('a default of an element', 'const { [9]: none = m[0] } = m; m[0] = none + 1;'),
  lost('an index out of range', 'm[4] = 5; m[-1] = 5; m[1.5] = 5; if (m[4] === undefined) m[0]++;'),
  lost('`in`', 'if (0 in m && !(4 in m) && !("-0" in m)) m[0]++;'),
  lost('a switch on an element', 'switch (m[0]) { case 0: m[0] = 1; break; case 1: m[0] = 2; break; }'),
  lost('a labelled loop', 'outer: for (;;) { for (;;) { m[0]++; break outer; } }'),
  lost('a conditional', 'm[0] = m[0] === 0 ? 1 : m[0] + 1;'),
  lost('typeof and void of an element', 'if (typeof m[0] === "number") { void m[0]; m[0]++; }'),
  lost('a symbol as the key of a property', 'const key = Symbol("n"); m[key] = 1; m[0] = m[0] + m[key];'),
  lost('a property beside the elements', 'm.extra = 1; m[0] += m.extra;'),
  throws('delete of an element', 'delete m[0];', /TypeError/),
  throws('a write of a bigint into integers', 'm[0] = 1n;', /TypeError/),
  kept(
    'NaN, Infinity and -0 into integers',
    'm[1] = NaN; m[2] = Infinity; m[3] = -0; Atomics.add(m, 0, m[1] + m[2] + m[3] + 1);',
    {
      expected: { kind: 'race' },
    },
  ),

  // Of all types.
  elsewhere('i8', '100', '-56'),
  elsewhere('u8', '200', '144'),
  elsewhere('u8c', '200', '255'),
  elsewhere('i16', '20_000', '-25_536'),
  elsewhere('u16', '40_000', '14_464'),
  elsewhere('u32', '3_000_000_000', '1_705_032_704'),
  elsewhere('f32', '0.5', '1'),
  elsewhere('f64', '0.1', '0.2'),
  elsewhere('b64', '1n', '2n'),
  elsewhere('bu64', '18_446_744_073_709_551_615n', '18_446_744_073_709_551_614n'),
  lost('NaN in floats', 'f64[1] = NaN; if (Number.isNaN(f64[1])) m[0]++;'),
  lost('-0 in floats', 'f64[1] = -0; if (Object.is(f64[1], -0)) m[0]++;'),
  lost('-Infinity in floats', 'f32[1] = -Infinity; if (f32[1] === -Infinity) m[0]++;'),
  ...['Int8', 'Uint8', 'Int16', 'Uint16', 'Int32', 'Uint32', 'Float32', 'Float64'].map((type) =>
    inDataView(type, '1', '2'),
  ),
  ...['BigInt64', 'BigUint64'].map((type) => inDataView(type, '1n', '2n')),
  lost('DataView, big-endian', 'dv.setInt32(4, dv.getInt32(4) + 1);', {
    holds: 'dv.getInt32(4) === 2 && dv.getUint8(7) === 2',
  }),
  throws('DataView, out of range', 'dv.getInt32(14);', /RangeError/),
  lost('a class that extends DataView', 'const h = new Header(dv.buffer); h.count = h.count + 1;', {
    top: 'class Header extends DataView { get count() { return this.getInt32(0); } set count(n) { this.setInt32(0, n); } }',
    holds: 'dv.getInt32(0) === 2',
  }),

  // Atomics.
  kept('Atomics.add', 'Atomics.add(m, 0, 1);'),
  kept('Atomics.sub', 'Atomics.sub(m, 0, -1);'),
  kept(
    'Atomics.or, and, xor',
    'Atomics.or(m, 1, 3); Atomics.and(m, 2, 0); Atomics.xor(m, 3, 0); Atomics.add(m, 0, 1);',
  ),
  lost('Atomics.load and store', 'Atomics.store(m, 0, Atomics.load(m, 0) + 1);'),
  lost(
    'Atomics.exchange',
    'Atomics.exchange(m, 0, Atomics.exchange(m, 1, Atomics.load(m, 0)) * 0 + Atomics.load(m, 0) + 1);',
  ),
  kept(
    'a loop of compareExchange',
    'for (let n; ; ) { n = Atomics.load(m, 0); if (Atomics.compareExchange(m, 0, n, n + 1) === n) break; }',
  ),
  kept('an aliased Atomics', 'const { add } = Atomics; add(m, 0, 1);'),
  kept('Atomics under another name', 'const a = Atomics; a.add(m, 0, 1);'),
  kept('a method of Atomics that is bound', 'Atomics.add.bind(null, m, 0)(1);'),
  kept('Reflect.apply', 'Reflect.apply(Atomics.add, Atomics, [m, 0, 1]);'),
  kept('call and apply', 'Atomics.add.call(null, m, 0, 0); Atomics.add.apply(undefined, [m, 0, 1]);'),
  kept('a name of Atomics that is computed', "Atomics['a' + 'dd'](m, 0, 1);"),
  kept('Atomics of globalThis', 'globalThis.Atomics.add(m, 0, 1);'),
  kept('a spread of arguments', 'const args = [m, 0, 1]; Atomics.add(...args);'),
  kept('Atomics on bigints', 'Atomics.add(b64, 1, 1n);', { holds: 'b64[1] === 2n' }),
  kept('Atomics on small words', 'Atomics.add(u8, 1, 200);', { holds: 'u8[1] === 144' }),
  kept('what Atomics convert', "Atomics.add(m, '0', '1'); Atomics.add(m, 0, null); Atomics.add(m, 0.9, 0.9);"),
  kept(
    'what Atomics.store gives back',
    'Atomics.add(m, 0, Atomics.store(m, 1, 1.9) === 1 && Object.is(Atomics.store(m, 1, -0), 0) ? 1 : 5);',
  ),
  kept(
    'Atomics.notify with a number beyond all integers',
    'Atomics.notify(m, 0, Number.MAX_VALUE); Atomics.add(m, 0, 1);',
  ),
  kept('Atomics.pause and isLockFree', 'Atomics.pause?.(); if (Atomics.isLockFree(4)) Atomics.add(m, 0, 1);'),
  kept(
    'Atomics on memory of its own',
    'const mine = new Int32Array(1); Atomics.add(mine, 0, 1); Atomics.add(m, 0, Atomics.load(mine, 0));',
  ),
  kept(
    'Atomics.wait and notify',
    "if (Atomics.wait(m, 1, 5) === 'not-equal' && Atomics.notify(m, 1) === 0) Atomics.add(m, 0, 1);",
  ),
  kept('Atomics.wait without time', "if (Atomics.wait(m, 1, 0, 0) === 'timed-out') Atomics.add(m, 0, 1);"),
  throws('Atomics on floats', 'Atomics.add(f64, 0, 1);', /TypeError/),
  throws('Atomics out of range', 'Atomics.add(m, 4, 1);', /RangeError/),
  throws('Atomics.wait on bytes', 'Atomics.wait(u8, 0, 0);', /TypeError/),
  throws('Atomics with a number for a bigint', 'Atomics.store(b64, 0, 1);', /TypeError/),
  throws('Atomics with a bigint for a number', 'Atomics.add(m, 0, 1n);', /TypeError/),
  refused('Atomics.waitAsync', 'Atomics.waitAsync(m, 0, 0); // here', /waitAsync/),

  // Methods of views.
  lost('fill', 'm.fill(m[0] + 1, 0, 1);'),
  lost('set from an array', 'm.set([m[0] + 1]);'),
  lost('set from another view', 'm[1] = m[0] + 1; m.set(m.subarray(1, 2));'),
  lost('set with an offset', 'm.set([0, m[0] + 1].slice(1), 0);'),
  throws('set out of range', 'm.set([1, 2], 3);', /RangeError/),
  lost('subarray', 'const part = m.subarray(0, 2); part[0] = part[0] + 1;'),
  lost('subarray from the end', 'const part = m.subarray(-4); part[0]++;'),
  lost('copyWithin', 'm[1] = m[0] + 1; m.copyWithin(0, 1, 2);'),
  lost('map', 'm[0] = m.map((n) => n + 1)[0];'),
  lost('filter', 'm[0] = m.filter((_, index) => index === 0)[0] + 1;'),
  lost('reduce', 'm[0] = m.subarray(0, 1).reduce((sum, n) => sum + n, 1);'),
  lost('reduceRight', 'm[0] = m.subarray(0, 1).reduceRight((sum, n) => sum + n, 1);'),
  lost('forEach', 'm.subarray(0, 1).forEach((n) => { m[0] = n + 1; });'),
  lost('slice', 'm[0] = m.slice(0, 1)[0] + 1;'),
  lost('at', 'm[0] = m.at(-4) + 1;'),
  lost('with', 'm[0] = m.with(1, 5)[0] + 1;'),
  lost('toSorted', 'm[0] = m.subarray(0, 1).toSorted()[0] + 1;'),
  lost('toReversed', 'm[0] = m.toReversed()[3] + 1;'),
  lost('join', 'm[0] = Number(m.join().split(",")[0]) + 1;'),
  lost('toString', 'm[0] = parseInt(String(m)) + 1;'),
  lost('includes and indexOf', 'm[0] = m.includes(1) && m.indexOf(1) === 0 ? 2 : 1;', {
    body: 'm[0] = m.subarray(0, 1).includes(1) && m.indexOf(1) === 0 ? 2 : 1;',
  }),
  lost('lastIndexOf', 'm[0] = m.lastIndexOf(1) === 0 ? 2 : 1;'),
  lost('find and findIndex', 'm[0] = (m.find((n, index) => index === 0) ?? 9) + 1 + m.findIndex(() => true);'),
  lost('findLast', 'm[0] = m.findLast((n, index) => index === 0) + 1;'),
  lost('some and every', 'm[0] = m.some((n) => n === 1) ? 2 : 1; m.every((n) => n < 9);'),
  lost('sort', 'm[3] = m[0] + 1; const part = m.subarray(2); part.sort(); m[0] = part[1];', {
    body: 'const part = m.subarray(0, 1); part[0] = part[0] + 1; part.sort();',
  }),
  lost(
    'sort with a callback that reads',
    'const order = [0, 1].sort((a, b) => m[a] - m[b]); m[0] = m[0] + 1 + 0 * order.length;',
  ),
  lost('reverse', 'm.subarray(0, 1).reverse(); m[0]++;'),
  lost('keys, values and entries', 'for (const [index, n] of m.entries()) if (index === 0) { m[0] = n + 1; break; }'),
  lost('an iterator by hand', 'm[0] = m[Symbol.iterator]().next().value + 1;'),
  lost('for-of', 'for (const n of m) { m[0] = n + 1; break; }'),
  lost('for-in', 'for (const key in m) { m[key] = m[key] + 1; break; }'),
  lost('a spread', 'm[0] = [...m][0] + 1;'),
  lost('a spread into an object', 'm[0] = { ...m }[0] + 1;'),
  lost('a spread into arguments', 'm[0] = Math.max(...m.subarray(0, 1)) + 1;'),
  lost('Array.from', 'm[0] = Array.from(m)[0] + 1;'),
  lost('Array.prototype.slice.call', 'm[0] = Array.prototype.slice.call(m)[0] + 1;'),
  lost('a copy by a constructor', 'm[0] = new Int32Array(m)[0] + 1;'),
  lost('Float64Array.from', 'm[0] = Float64Array.from(m)[0] + 1;'),
  lost('new Set', 'm[0] = [...new Set(m.subarray(0, 1))][0] + 1;'),
  lost('Object.keys', 'm[0] = m[Object.keys(m)[0]] + 1;'),
  lost('Object.entries and values', 'm[0] = Object.entries(m)[0][1] + 1 + 0 * Object.values(m).length;'),
  lost('Object.assign', 'm[0] = Object.assign({}, m)[0] + 1;'),
  lost('JSON.stringify', 'm[0] = JSON.parse(JSON.stringify(m))[0] + 1;'),
  lost('Object.defineProperty', 'Object.defineProperty(m, 0, { value: m[0] + 1 });'),
  lost('Object.getOwnPropertyDescriptor', 'm[0] = Object.getOwnPropertyDescriptor(m, 0).value + 1;'),
  lost('Reflect.get and set', 'Reflect.set(m, 0, Reflect.get(m, 0) + 1);'),
  lost('Reflect.has and ownKeys', 'if (Reflect.has(m, 0) && Reflect.ownKeys(m).includes("0")) m[0]++;'),
  lost('a method of the prototype', 'm[0] = Int32Array.prototype.at.call(m, 0) + 1;'),
  lost('fill of the prototype', 'const { fill } = Int32Array.prototype; fill.call(m, m[0] + 1, 0, 1);'),
  lost(
    'slice of the prototype of all views',
    'm[0] = Object.getPrototypeOf(Int32Array.prototype).slice.call(m, 0, 1)[0] + 1;',
  ),
  refused('Object.freeze', 'Object.freeze(m); // here', /freez/),
  refused('structuredClone', 'structuredClone(m); // here', /structuredClone/),

  // Views and buffers.
  lost('a view made in the thread', 'const mine = new Int32Array(m.buffer); mine[0]++;'),
  lost('a view by its constructor', 'const mine = new m.constructor(m.buffer, 0, 1); mine[0]++;'),
  lost(
    'instanceof and isView',
    'if (m instanceof Int32Array && ArrayBuffer.isView(m) && m.buffer instanceof SharedArrayBuffer) m[0]++;',
  ),
  lost(
    'the name of a view',
    'if (Object.prototype.toString.call(m) === "[object Int32Array]" && m[Symbol.toStringTag] === "Int32Array") m[0]++;',
  ),
  lost(
    'length and sizes',
    'm[0] += m.length === 4 && m.byteLength === 16 && m.byteOffset === 0 && m.BYTES_PER_ELEMENT === 4 ? 1 : 5;',
  ),
  lost('a class that extends a typed array', 'const c = new Counter(m.buffer); c.bump();', {
    top: 'class Counter extends Int32Array { #step = 1; bump() { this[0] = this[0] + this.#step; } }',
  }),
  lost('a class that overrides a method of views', 'const c = new Counter(m.buffer); c.fill(7);', {
    top: 'class Counter extends Int32Array { fill() { this[0] = this[0] + 1; return this; } }',
  }),
  lost('a proxy around a view', 'const p = new Proxy(m, {}); p[0] = p[0] + 1;'),
  lost(
    'a proxy with traps',
    'const p = new Proxy(m, { get: (t, k) => Reflect.get(t, k), set: (t, k, v) => Reflect.set(t, k, v) }); p[0]++;',
  ),
  lost(
    'a proxy that hands its receiver on',
    'const p = new Proxy(m, { get: (...args) => Reflect.get(...args), set: (...args) => Reflect.set(...args) }); p[0]++;',
  ),
  lost('an object that inherits from a view', 'const o = Object.create(m); m[0] = o[0] + 1;'),
  lost('a WeakMap keyed by a view', 'const names = new WeakMap([[m, 1]]); m[0] += names.get(m);'),
  lost('a Map of views', 'const views = new Map([["m", m]]); views.get("m")[0]++;'),
  refused('a SharedArrayBuffer in a thread', 'const mine = new SharedArrayBuffer(4); // here', /setup\(\)/),
  refused('a SharedArrayBuffer in the module', 'm[0]++;', /setup\(\)/, {
    top: 'const lock = new Int32Array(new SharedArrayBuffer(4)); // here',
  }),
  refused('slice of a SharedArrayBuffer', 'm.buffer.slice(0); // here', /slice/),

  // Functions and classes.
  lost('a closure', 'const inc = () => { m[0] = m[0] + 1; }; inc();'),
  lost('a closure in a loop', 'const all = []; for (let i = 0; i < 1; i++) all.push(() => m[i]++); all[0]();'),
  lost('recursion', 'const go = (n) => (n === 0 ? m[0] : go(n - 1)); m[0] = go(5) + 1;'),
  lost('a class with fields and private methods', 'new Box(m).bump();', {
    top: 'class Box { #m; count = 0; constructor(m) { this.#m = m; } #read() { return this.#m[0]; } bump() { this.#m[0] = this.#read() + 1; } }',
  }),
  lost('a getter and a setter', 'const o = { get n() { return m[0]; }, set n(v) { m[0] = v; } }; o.n += 1;'),
  lost('an accessor of a class', 'const c = new Cell(m); c.value++;', {
    top: 'class Cell { constructor(m) { this.m = m; } get value() { return this.m[0]; } set value(v) { this.m[0] = v; } }',
  }),
  lost('a static block', 'Global.bump(m);', {
    top: 'class Global { static step; static { Global.step = 1; } static bump(m) { m[0] += Global.step; } }',
  }),
  lost('inheritance and super', 'new Child().bump(m);', {
    top: 'class Parent { bump(m) { m[0] = m[0] + 1; } }\nclass Child extends Parent { bump(m) { super.bump(m); } }',
  }),
  lost('a generator', 'function* numbers() { yield m[0]; } for (const n of numbers()) m[0] = n + 1;'),
  lost(
    'a generator that is returned from',
    'function* numbers() { try { yield m[0]; yield 9; } finally { m[1] = 1; } } for (const n of numbers()) { m[0] = n + 1; break; }',
  ),
  lost(
    'yield*',
    'function* inner() { yield m[0]; } function* outer() { yield* inner(); } for (const n of outer()) m[0] = n + 1;',
  ),
  lost(
    'an iterator of its own',
    'const it = { [Symbol.iterator]: () => ({ i: 0, next() { return { done: this.i > 0, value: m[this.i++] }; }, return() { m[1] = 1; return {}; } }) }; for (const n of it) { m[0] = n + 1; break; }',
  ),
  lost('helpers of iterators', 'm[0] = m.values().take(1).map((n) => n + 1).toArray()[0];'),
  lost('a tagged template', 'const tag = (_, n) => n + 1; m[0] = tag`${m[0]}`;'),
  lost('a template', 'm[0] = Number(`${m[0]}`) + 1;'),
  lost('valueOf and toPrimitive', 'const n = { valueOf: () => m[0] }; m[0] = n + 1;'),
  lost('a function with defaults', 'const next = (n = m[0]) => n + 1; m[0] = next();'),
  lost('arguments', 'function next() { return arguments[0][0] + 1; } m[0] = next(m);'),
  lost('a callback of replace', "m[0] = Number('x'.replace('x', () => m[0])) + 1;"),
  lost('Object.groupBy and other callbacks', 'm[0] = Object.keys(Object.groupBy([1], () => m[0]))[0] * 1 + 1;'),
  lost('new Function', "new Function('m', 'm[0] = m[0] + 1;')(m);"),
  lost('eval', "(0, eval)('(m) => { m[0]++; }')(m);"),
  lost('direct eval', "eval('m[0]++');"),
  lost(
    'a long loop without an access',
    'let n = 0; for (let i = 0; i < 1_000_000; i++) n += i; m[0] += n > 0 ? 1 : 9;',
  ),
  lost('a variable of the module', 'turns++; m[0] = m[0] + turns;', { top: 'let turns = 0;' }),
  lost('types, interfaces and satisfies', 'const n = (m[0] as number) satisfies number; m[0] = n! + 1;', {
    top: 'interface Box<T> { readonly value: T }\ntype Words = Int32Array;\nexport type { Box, Words };\nabstract class A { declare x: number; abstract f(): void; private readonly y: number = 1; }\nvoid A;',
  }),
  lost('an async function up to its first await', 'const f = async () => { m[0] = m[0] + 1; }; void f();'),
  lost('`using`', '{ using r = { [Symbol.dispose]() { m[0]++; } }; }'),

  // Exceptions.
  lost('try and finally', 'try { m[0]++; } finally { m[1] = 1; }'),
  lost(
    'a catch that tries again',
    'for (let n = 0; n < 2; n++) { try { const v = m[0]; if (n === 0) throw new Error("again"); m[0] = v + 1; } catch { continue; } }',
  ),
  lost(
    'nested try',
    'try { try { throw new Error("x"); } catch (e) { m[0]++; throw e; } finally { m[1] = 1; } } catch {}',
  ),
  lost('a finally that returns', 'const f = () => { try { return m[0]; } finally { m[1] = 1; } }; m[0] = f() + 1;'),
  lost('a catch without a body', 'try { m[0]++; } catch {}'),
  throws('an error', 'm[0]++; throw new Error("boom");', /^Error: boom$/),
  throws('an error of a class', 'throw new Broken("boom");', /^Broken: boom$/, {
    top: 'class Broken extends Error { name = "Broken"; }',
  }),
  throws('an error with a cause', 'throw new Error("outer", { cause: new Error("inner") });', /^Error: outer$/),
  throws('an error that says much', "throw new Error('much '.repeat(200_000));", /^Error: much much/),
  throws('a text that is thrown', 'throw "boom";', /^thrown: boom$/),
  throws('a number that is thrown', 'throw 5;', /^thrown: 5$/),
  throws('an object that is thrown', 'throw { code: 5 };', /^thrown: .*code.*5/),
  throws('undefined that is thrown', 'throw undefined;', /^thrown: undefined$/),
  throws('a null that is followed', 'null.x;', /^TypeError/),
  throws('a recursion without end', 'const f = () => f() + 1; f();', /^RangeError/),
  throws('an invalid array length', 'new Int32Array(m.buffer, 2);', /^RangeError/),

  // Modules.
  lost('live bindings and a default export', 'bump(); m[0] = next(m) - 1 + rounds;', {
    top: "import next, { bump, rounds } from './live.ts';",
  }),
  lost('modules that import each other', 'if (isEven(4)) m[0]++;', { top: "import { isEven } from './even.ts';" }),
  lost('re-exports', 'if (odd(3) && isEven(2)) m[0] = again(m) + live.rounds;', {
    top: "import again, { odd, isEven, live } from './barrel.ts';",
  }),
  lost('a namespace', 'live.bump(); m[0] += live.rounds;', { top: "import * as live from './live.ts';" }),
  lost('node:assert', 'assert.equal(m.length, 4); m[0]++;', { top: "import assert from 'node:assert/strict';" }),
  lost('import.meta', 'if (import.meta.url.startsWith("file:")) m[0]++;'),
  lost('what is printed', 'console.log("x", m.length); console.error(1); m[0]++;'),
  ...['inspect(m)', "format('%o', { m })", 'isDeepStrictEqual([m], [m])', 'inspect(new Map([[m, 1]]))'].map((call) =>
    refused(`util.${call}`, `util.${call}; // here`, /util\.\w+ on shared memory/, {
      top: "import util from 'node:util';",
    }),
  ),
  refused('inspect of a buffer', 'inspect(m.buffer, { customInspect: false }); // here', /util\.inspect on shared/, {
    top: "import { inspect } from 'node:util';",
  }),
  refused('util.types of a view', 'types.isTypedArray(m); // here', /util\.types\.isTypedArray on shared/, {
    top: "import { types } from 'node:util';",
  }),
  refused('a decoder of node:util', 'new TextDecoder().decode(u8); // here', /util\.TextDecoder/, {
    top: "import { TextDecoder } from 'node:util';",
  }),
  refused(
    'a deep comparison of a view',
    'assert.deepEqual(m, new Int32Array(4)); // here',
    /assert.*deepEqual on shared/,
    {
      top: "import assert from 'node:assert/strict';",
    },
  ),
  lost('what is inspected, of nobody else', "if (util.inspect([...m.subarray(1)]) === '[ 0, 0, 0 ]') m[0]++;", {
    top: "import util from 'node:util';",
  }),
  lost(
    'an AssertionError',
    'try { assert.ok(m.length === 0); } catch (e) { if (e instanceof assert.AssertionError) m[0]++; }',
    {
      top: "import assert from 'node:assert';",
    },
  ),
  refused('a property of a module of Node', 'util.mine = 1; // here', /util is changed/, {
    top: "import util from 'node:util';",
  }),
  refused('a property of a namespace of Node', 'util.mine = 1; // here', /util is changed/, {
    top: "import * as util from 'node:util';",
  }),
  refused('a property of a function of Node', 'path.join.mine = 1; // here', /path\.join is changed/, {
    top: "import path from 'node:path';",
  }),
  refused(
    'how everything is inspected',
    'util.inspect.defaultOptions.depth = 9; // here',
    /defaultOptions is changed/,
    {
      top: "import util from 'node:util';",
    },
  ),
  refused('a property of the kit', 'checkpoint.mine = 1; // here', /kit\.checkpoint is changed/, {
    top: "import { checkpoint } from 'interleave/kit/scenario';",
  }),
  lost(
    'getters of views by themselves',
    "const get = (name) => Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Int32Array.prototype), name).get.call(m); m[0] += get('length') === 4 && get('byteLength') === 16 && get('byteOffset') === 0 && get('buffer') === m.buffer && get(Symbol.toStringTag) === 'Int32Array' ? 1 : 9;",
  ),
  refused('import()', "import('./live.ts'); // here", /import\(\)/),
  refused('an import of fs', 'm[0]++;', /fs/, { top: "import 'node:fs'; // here" }),
  refused('an await at the top', 'm[0]++;', /await/, { top: 'await 1; // here' }),
  refused('an enum', 'm[0]++;', /types that can be taken out|enum/i, { top: 'enum Colour { red } // here' }),
  refused('a namespace with values', 'm[0]++;', /types that can be taken out|namespace/i, {
    top: 'namespace N { export const a = 1; } // here',
  }),
  refused('parameter properties', 'm[0]++;', /types that can be taken out|parameter/i, {
    top: 'class P { constructor(private a: number) {} } // here',
  }),

  // What cannot be replayed.
  refused('Math.random', 'm[0] += Math.random(); // here', /Math\.random/),
  refused('Date.now', 'm[0] += Date.now(); // here', /Date/),
  refused('new Date', 'new Date(); // here', /Date/),
  lost('a Date of a given time', 'm[0] += new Date(1).getTime();'),
  refused(
    'the descriptor of Date.now',
    "m[0] += Object.getOwnPropertyDescriptor(Date, 'now').value(); // here",
    /Date/,
  ),
  ...['RegExp.$1', 'RegExp.input', 'RegExp.lastMatch', 'RegExp.leftContext', "RegExp['$&']", "RegExp['$`']"].map(
    (last) => refused(last, `/1/.exec('1'); m[0] += Number(${last}); // here`, /RegExp\..*last/),
  ),
  refused('a match that is forged', "RegExp.input = '1'; // here", /RegExp\.input/),
  lost('a regular expression', 'm[0] = Number(/(\\d)/.exec(`${m[0]}`)[1]) + 1;'),
  lost('the species of RegExp', 'if (RegExp[Symbol.species] === RegExp) m[0]++;'),
  refused('a date of now, formatted', 'new Intl.DateTimeFormat().format(); // here', /format\(\).*time/),
  refused('a date of now, in parts', 'new Intl.DateTimeFormat().formatToParts(); // here', /formatToParts\(\).*time/),
  refused(
    'a formatter as a callback',
    '[undefined].map(new Intl.DateTimeFormat().format); // here',
    /format\(\).*time/,
  ),
  lost(
    'a date that is formatted',
    "const f = new Intl.DateTimeFormat('en', { timeZone: 'UTC', year: 'numeric' }); m[0] += f.format === f.format && f.format(0) === '1970' && f.formatToParts(0)[0].value === '1970' && f.formatRange(0, 9) === '1970' ? 1 : 9;",
  ),
  throws('a range without an end', 'new Intl.DateTimeFormat().formatRange(0);', /TypeError/),
  refused('the constructor of a date', 'new Date(0).constructor.now(); // here', /Date/),
  refused('TextDecoder on shared bytes', 'new TextDecoder().decode(u8); // here', /TextDecoder on shared memory/),
  refused('TextEncoder on shared bytes', "new TextEncoder().encodeInto('ab', u8); // here", /TextEncoder on shared/),
  lost(
    'texts of bytes that are nobody else’s',
    "if (new TextDecoder().decode(new TextEncoder().encode('a')) === 'a') m[0]++;",
  ),
  refused('AbortSignal.timeout', 'AbortSignal.timeout(1); // here', /AbortSignal\.timeout/),
  refused('the constructor of a signal', 'new AbortController().signal.constructor.timeout(1); // here', /timeout/),
  refused('Event.timeStamp', "m[0] += new Event('x').timeStamp; // here", /timeStamp.*time/),
  refused(
    'timeStamp of an event that it did not make',
    'const a = new AbortController(); a.signal.onabort = (e) => { m[0] += e.timeStamp; }; a.abort(); // here',
    /timeStamp/,
  ),
  lost(
    'a listener that uses memory',
    "const t = new EventTarget(); t.addEventListener('x', () => { m[0] = m[0] + 1; }); t.dispatchEvent(new Event('x'));",
  ),
  lost(
    'an abort signal',
    'const a = new AbortController(); const any = AbortSignal.any([a.signal]); any.onabort = () => { m[0]++; }; a.abort(); if (!any.aborted || !AbortSignal.abort().aborted) m[0] = 9;',
  ),
  refused(
    'a listener that throws',
    "const t = new EventTarget(); t.addEventListener('x', () => { m[0]++; throw new Error('no'); }); t.dispatchEvent(new Event('x')); // here",
    /listener throws/,
  ),
  refused('clearTimeout', 'clearTimeout(1); // here', /clearTimeout/),
  refused('performance', 'performance.now(); // here', /performance/),
  refused('crypto', 'crypto.randomUUID(); // here', /crypto/),
  refused('setTimeout', 'setTimeout(() => m[0]++, 1); // here', /setTimeout/),
  refused('queueMicrotask', 'queueMicrotask(() => m[0]++); // here', /queueMicrotask/),
  refused('fetch', "fetch('http://localhost'); // here", /fetch/),
  refused('process', 'process.exit(1); // here', /process/),
  refused('navigator', 'navigator.hardwareConcurrency; // here', /navigator/),
  refused('require', "require('fs'); // here", /require/),
  refused('Buffer', 'Buffer.from(m.buffer); // here', /Buffer/),
  refused('WebAssembly', 'new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true }); // here', /WebAssembly/),
  refused('WeakRef', 'new WeakRef(m); // here', /WeakRef/),
  refused('a promise that uses memory later', 'Promise.resolve().then(() => { m[0]++; });', /ended|promise/i),
  refused(
    'an async function that uses memory later',
    'const f = async () => { await 1; m[0]++; }; void f();',
    /ended|promise/i,
  ),
];
