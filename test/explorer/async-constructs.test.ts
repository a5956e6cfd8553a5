// Ways to write async code: each does the lost update, or does not, and what differs from run to run is refused by its line.
import { expect, test } from 'vitest';
import { asyncExplorer, verdictOf } from './async-explored.ts';

const lost = 'failed assertion';
const kept = 'passed';
const add = 'await write((await read()) + 1);';

/** What each of two tasks does that adds 1 to `state.n`, and what comes of it. */
const constructs: Readonly<Record<string, readonly [verdict: string, body: string, before?: string]>> = {
  'await in an expression': [lost, add],
  'a reaction': [lost, 'return read().then((n) => write(n + 1));'],
  'a reaction that nobody waits for': ['failed assertion', 'read().then((n) => write(n + 1));'],
  'an await that waits for nothing': [kept, 'await undefined; await null; state.n += 1;'],
  'a copy, and what it is an instance of': [
    kept,
    'const [of] = structuredClone([{ list: [1, new Map([[1, new Date(0)]])] }]); ' +
      'if (of instanceof Object && of.list instanceof Array && of.list[1].get(1) instanceof Date) state.n += 1;',
  ],
  'read and written between two awaits': [kept, 'await read(); state.n += 1; await read();'],
  '+= around an await': [lost, 'state.n += (await read()) * 0 + 1;'],
  'an async arrow': [lost, `await (async () => { ${add} })();`],
  'an async method': [lost, 'await new (class { async go() { await write((await read()) + 1); } })().go();'],
  'a private async method': [
    lost,
    'await new (class { async #go() { await write((await read()) + 1); } go() { return this.#go(); } })().go();',
  ],
  'an async generator': [
    lost,
    'for await (const n of (async function* () { yield await read(); })()) await write(n + 1);',
  ],
  'for await over promises': [lost, 'for await (const n of [read()]) await write(n + 1);'],
  'a generator that is driven': [
    lost,
    'const steps = (function* () { const n = yield read(); yield write(n + 1); })(); let step = steps.next(); while (!step.done) step = steps.next(await step.value);',
  ],
  'Promise.all': [lost, 'const [n] = await Promise.all([read(), read()]); await write(n + 1);'],
  'Promise.allSettled': [
    lost,
    'const [{ value }] = await Promise.allSettled([read(), fail()]); await write(value + 1);',
  ],
  'Promise.any': [lost, 'await write((await Promise.any([fail(), read()])) + 1);'],
  'Promise.race': [lost, 'await write((await Promise.race([read(), new Promise(() => {})])) + 1);'],
  'Promise.withResolvers': [
    lost,
    'const { promise, resolve } = Promise.withResolvers(); void read().then(resolve); await write((await promise) + 1);',
  ],
  'Promise.try': [lost, 'await write((await Promise.try(() => read())) + 1);'],
  'a thenable': [lost, 'const n = await { then(go) { void read().then(go); } }; await write(n + 1);'],
  'a subclass of Promise': [lost, 'class Mine extends Promise {} await write((await Mine.resolve(read())) + 1);'],
  finally: [lost, 'let n; try { n = await read(); } finally { await write(n + 1); }'],
  'promise.finally': [lost, 'let n; await read().then((m) => (n = m)).finally(() => write(n + 1));'],
  'a caught failure': [lost, `try { await fail(); } catch { ${add} }`],
  'a retry': [
    lost,
    'for (let left = 2; ; left -= 1) try { if (left > 1) await fail(); const n = await read(); await write(n + 1); break; } catch { }',
  ],
  'catch of a promise': [lost, 'const n = await fail().catch(() => read()); await write(n + 1);'],
  'destructuring with await': [lost, 'const { n = await read() } = {}; await write(n + 1);'],
  'a default parameter': [lost, 'const go = async (n = read()) => write((await n) + 1); await go();'],
  'a template': [lost, 'await write(Number(`${await read()}`) + 1);'],
  'optional call': [lost, 'await write(((await read?.()) ?? 0) + 1);'],
  'a labelled loop': [
    lost,
    'outer: for (;;) { for (;;) { const n = await read(); await write(n + 1); break outer; } }',
  ],
  recursion: [
    lost,
    'const go = async (depth) => (depth > 0 ? go(depth - 1) : write((await read()) + 1)); await go(20);',
  ],
  'reduce over promises': [
    lost,
    'await [0].reduce((before) => before.then(async () => { const n = await read(); await write(n + 1); }), Promise.resolve());',
  ],
  'a variable of the module': [kept, 'await read(); total += 1; state.n = total;', 'let total = 0;'],
  'a queue of the module': [
    kept,
    `const mine = last.then(async () => { ${add} }); last = mine; await mine;`,
    'let last = Promise.resolve();',
  ],
  'a lock by a promise': [
    kept,
    `while (held) await held; const { promise, resolve } = Promise.withResolvers(); held = promise; ${add} held = undefined; resolve();`,
    'let held;',
  ],
  'a lock that is looked at once, for two': [
    kept,
    `if (held) await held; held = (async () => { ${add} })(); await held;`,
    'let held;',
  ],
  'a variable on globalThis': [
    kept,
    'globalThis.total ??= 0; await read(); globalThis.total += 1; state.n = globalThis.total;',
  ],
  'a property that is added to a built-in': [
    kept,
    'await read(); Map.total = (Map.total ?? 0) + 1; Array.prototype.own = 1; state.n = Map.total;',
  ],
  'a static of a class': [
    kept,
    'await read(); Counter.total += 1; state.n = Counter.total;',
    'class Counter { static total = 0; }',
  ],
  'an event target': [
    kept,
    "await read(); target.dispatchEvent(new Event('add'));  state.n = total;",
    "let total = 0; const target = new EventTarget(); target.addEventListener('add', () => { total += 1; });",
  ],
  'a listener that throws': [
    'failed exception',
    "const target = new EventTarget(); target.addEventListener('add', () => { throw new Error('no'); }); await read(); target.dispatchEvent(new Event('add')); state.n += 1;",
  ],
  'an abort signal': [
    lost,
    `const abort = new AbortController(); let n; abort.signal.addEventListener('abort', () => { n = read(); }); abort.abort(); await write((await n) + 1);`,
  ],
  'any of two signals': [
    lost,
    'const [a, b] = [new AbortController(), new AbortController()]; let n; AbortSignal.any([a.signal, b.signal]).onabort = () => { n = read(); }; b.abort(); await write((await n) + 1);',
  ],
  'what is aborted already': [
    kept,
    'try { AbortSignal.abort().throwIfAborted(); } catch ({ name }) { await read(); state.n += name.length / 10; }',
  ],
  queueMicrotask: [kept, 'await new Promise((go) => queueMicrotask(go)); state.n += 1;'],
  setTimeout: [lost, 'const n = await read(); await new Promise((go) => setTimeout(go, 10)); await write(n + 1);'],
  'setTimeout with arguments': [
    kept,
    'await read(); await new Promise((go) => setTimeout((one) => { state.n += one; go(); }, 10, 1));',
  ],
  setImmediate: [kept, 'await new Promise((go) => setImmediate(go)); state.n += 1;'],
  clearTimeout: [
    kept,
    'const timer = setTimeout(() => { state.n = 9; }, 1); await read(); clearTimeout(timer); state.n = 2;',
  ],
  'unref and hasRef': [
    kept,
    'const t = setTimeout(() => {}, 9).unref(); if (t.hasRef()) clearTimeout(t); await read(); state.n += 1;',
  ],
  'a timer that is disposed of': [
    kept,
    '{ using t = setTimeout(() => { state.n = 9; }, 1); void t; } await read(); state.n += 1;',
  ],
  'a timer that is cleared by its number': [
    kept,
    'clearTimeout(+setTimeout(() => { state.n = 9; }, 1)); await read(); state.n += 1;',
  ],
  'promisify(setTimeout)': [
    kept,
    'const one = await promisify(setTimeout)(1, 1); state.n += one; await promisify(setImmediate)();',
    "import { promisify } from 'node:util';",
  ],
  sleep: [lost, 'const n = await read(); await sleep(5); await write(n + 1);'],
  console: [kept, "console.log('here'); console.table([1]); await read(); state.n += 1;"],
  'node:assert': [kept, 'await read(); assert.equal(1, 1); state.n += 1;', "import assert from 'node:assert/strict';"],
  'a date that is given': [kept, 'await read(); state.n += new Date(1_000).getTime() / 1_000;'],
  'await using': [
    lost,
    'await using held = { async [Symbol.asyncDispose]() { await write(n + 1); } }; const n = await read();',
  ],
};

/** What is refused, with words of the reason; its line is that of the body. */
const refused: Readonly<Record<string, readonly [reason: string, body: string]>> = {
  'Date.now': ['Date: time', 'await read(); Date.now();'],
  'new Date': ['Date: time', 'await read(); new Date();'],
  'Date.now, caught': ['Date: time', 'await read(); try { Date.now(); } catch { }'],
  'Math.random': ['Math.random: chance', 'await read(); Math.random();'],
  'the descriptor of Date.now': ['Date: time', "Object.getOwnPropertyDescriptor(Date, 'now').value();"],
  'RegExp.$1': ['RegExp.$1', "/(.)/.exec('a'); await read(); void RegExp.$1;"],
  'RegExp.input': ['RegExp.input', "RegExp.input = 'a';"],
  'a date of now, formatted': ['format() without a date', 'new Intl.DateTimeFormat().format();'],
  'a date of now, in parts': ['formatToParts() without a date', 'new Intl.DateTimeFormat().formatToParts();'],
  'the constructor of a date': ['Date: time', 'await read(); new (new Date(0).constructor)();'],
  'AbortSignal.timeout': ['AbortSignal.timeout', 'await read(); AbortSignal.timeout(9);'],
  'the constructor of a signal': ['AbortSignal.timeout', 'new AbortController().signal.constructor.timeout(9);'],
  'Event.timeStamp': ['Event.timeStamp: time', "new Event('x').timeStamp;"],
  'timeStamp of a CustomEvent': ['Event.timeStamp: time', "new CustomEvent('x').timeStamp;"],
  'timeStamp of an event of Node': [
    'Event.timeStamp: time',
    'const abort = new AbortController(); abort.signal.onabort = (event) => event.timeStamp; abort.abort();',
  ],
  'refresh of a timer': ['refresh()', 'setTimeout(() => {}, 9).refresh();'],
  performance: ['performance: time', 'await read(); performance.now();'],
  crypto: ['crypto: chance', 'await read(); crypto.randomUUID();'],
  setInterval: ['setInterval', 'setInterval(() => {}, 10);'],
  fetch: ['fetch', "await fetch('http://localhost');"],
  process: ['process', 'process.exit(0);'],
  navigator: ['navigator', "await navigator.locks.request('a', () => {});"],
  streams: ['WritableStream', 'new WritableStream({});'],
  Buffer: ['Buffer: a task', "Buffer.from('text');"],
  'Atomics.wait': ['Atomics.wait', 'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);'],
  'operations without measure': [
    'more than 1000 operations',
    'await read(); await Promise.all(Array.from({ length: 20_000 }, () => read()));',
  ],
  'timers without measure': ['more than 1000', 'for (let n = 0; n < 20_000; n += 1) setTimeout(() => {}, 1);'],
  WeakRef: ['WeakRef', 'new WeakRef({});'],
  'import()': ['import()', "await import('node:fs');"],
};

const line = 9;

function scenario(body: string, before = ''): Uint8Array {
  const text = [
    before,
    'export const tasks = 2;',
    'export function setup({ operation, sleep }) {',
    '  const state = { n: 0 };',
    '  return { state, sleep, read: operation(() => state.n), write: operation((n) => { state.n = n; }),',
    "    fail: operation(() => { throw new RangeError('no'); }) };",
    '}',
    'export async function task(id, { state, read, write, fail, sleep }) {',
    `  ${body}`,
    '}',
    'export function final({ state }) { return state.n === 2; }',
    '',
  ].join('\n');
  return new TextEncoder().encode(text);
}

const hangs = 'a loop that hangs';
const many = 'a thousand operations at once';
const names = [hangs, many, ...Object.keys(constructs), ...Object.keys(refused)];
const fileOf = (name: string): string => `${names.indexOf(name)}.js`;
const explore = asyncExplorer(
  new Map([
    [
      fileOf(many),
      scenario('if (id === 0) await Promise.all(Array.from({ length: 998 }, () => read())); state.n += 1;'),
    ],
    [fileOf(hangs), scenario('await read(); state.n += 1; if (state.n === 2) for (;;);')],
    ...Object.entries(constructs).map(([name, [, body, before]]) => [fileOf(name), scenario(body, before)] as const),
    ...Object.entries(refused).map(([name, [, body]]) => [fileOf(name), scenario(body)] as const),
  ]),
);

test.each(Object.entries(constructs))('%s', async (name, [verdict]) => {
  const exploration = await explore(fileOf(name));
  expect(exploration).not.toHaveProperty('reason');
  expect(verdictOf(exploration)).toBe(verdict);
});

test('a step that hangs is a failure, also where the time was up when it was found', async () => {
  const exploration = await explore(fileOf(hangs), { mostMs: 0 });
  expect(verdictOf(exploration)).toBe('failed livelock');
  expect(exploration).toMatchObject({ bound: 'time', failure: { isMinimal: false, preemptions: 0 } });
});

test('as many operations as may be under way', async () => {
  expect(await explore(fileOf(many), { mostOrders: 1 })).toMatchObject({ kind: 'passed', bound: 'orders' });
});

test.each(Object.entries(refused))('refused: %s', async (name, [reason]) => {
  const exploration = await explore(fileOf(name));
  expect(exploration).toMatchObject({ kind: 'unsupported', line, file: fileOf(name) });
  expect(exploration.kind === 'unsupported' && exploration.reason).toContain(reason);
});
