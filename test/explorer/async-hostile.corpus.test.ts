// Modules that try to get a proof without doing what is asked: in a process of its own, none of them does.
import { join } from 'node:path';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { courseRoot } from '../../runner/course/paths.ts';
import { AsyncLab } from '../../runner/explorer/async/explore-async-lab.ts';
import { CodeProcess } from '../../runner/explorer/async/code-process.ts';
import { exploreAsync } from '../../runner/explorer/async/explore-async.ts';
import { LearnerProcess } from '../../runner/explorer/async/learner-process.ts';
import { defaultAsyncOptions } from '../../runner/explorer/async/verdict.ts';
import { Membrane, MembraneError } from '../../runner/explorer/guest/membrane.ts';
import { GuestEnded } from '../../runner/explorer/guest-process.ts';
import { filesBelow } from './async-explored.ts';

const folder = join(courseRoot, 'test/fixtures/explored/async-labs');
const author = new CodeProcess({ files: filesBelow(folder), guest: 'explorer-main.ts' });
afterAll(() => author.close());

/** The verdict of two deposits with this module. */
async function judged(text: string, scenario = 'deposit-lost'): Promise<string> {
  const learner = new LearnerProcess(new Map([['lab.js', new TextEncoder().encode(text)]]), 'lab.js');
  try {
    const exports = await learner.open();
    if (exports.kind === 'refusal') return `refused: ${exports.reason}`;
    const outcome = await exploreAsync({
      process: author,
      file: `${scenario}/scenario.ts`,
      options: { ...defaultAsyncOptions, mostOperations: 100, mostMs: 20_000 },
      learner: { process: learner, exports, file: `${scenario}/lab.ts` },
    });
    if (outcome.kind !== 'explored') return outcome.kind;
    const { exploration } = outcome;
    if (exploration.kind === 'failed') return `failed ${exploration.failure.kind}`;
    if (exploration.kind === 'unsupported') return `unsupported: ${exploration.reason}`;
    return exploration.bound === undefined ? 'passed' : `passed but for ${exploration.bound}`;
  } catch (error) {
    if (error instanceof GuestEnded) return `ended: ${error.ending.kind}`;
    throw error;
  } finally {
    await learner.close();
  }
}

const honest = `
let last = Promise.resolve();
export function deposit(store, amount) {
  const mine = last.then(async () => {
    const balance = await store.read();
    await store.write(balance + amount);
  });
  last = mine.catch(() => {});
  return mine;
}`;

/** Two that do it wrong, for those who try to hide it. */
const naive = `export async function deposit(store, amount) {
  const balance = await store.read();
  await store.write(balance + amount);
}`;
/** Out of the realm: the process itself. */
const escape = "const host = TextEncoder.constructor('return process')();";

const hostile: Readonly<Record<string, string>> = {
  'does nothing': 'export async function deposit() {}',
  'says at once that it is done': `export function deposit(store, amount) { store.read().then((balance) => store.write(balance + amount)); return Promise.resolve(); }`,
  'never calls anything': 'export function deposit() { return new Promise(() => {}); }',
  'writes what it hopes for': 'export async function deposit(store) { await store.write(21); await store.write(0); }',
  'a thenable that answers at once': 'export function deposit() { return { then(go) { go(); } }; }',
  'thenables without end': `const next = () => ({ then(go) { go(next()); } }); export function deposit() { return next(); }`,
  'then that never calls': `Promise.prototype.then = function () { return new Promise(() => {}); };\n${naive}`,
  'then that calls at once': `Promise.prototype.then = function (go) { go?.(); return this; };\n${naive}`,
  'then that throws': `Promise.prototype.then = () => { throw new Error('no'); };\n${naive}`,
  'a Promise of its own': `globalThis.Promise = class { then(go) { go(); } static resolve() { return new this(); } };\n${naive}`,
  'patched arrays': `Array.prototype.push = () => 0; Array.prototype.map = () => []; Array.from = () => [];\n${naive}`,
  'patched maps': `Map.prototype.set = function () { return this; }; Map.prototype.get = () => undefined;\n${naive}`,
  'patched JSON': `JSON.stringify = () => '{}'; JSON.parse = () => ({});\n${naive}`,
  'patched Reflect and Object': `Reflect.apply = () => undefined; Object.entries = () => []; Object.defineProperty = () => ({});\n${naive}`,
  'patched iterators': `Array.prototype[Symbol.iterator] = function* () {};\n${naive}`,
  'turns that never come': `globalThis.setImmediate = () => {}; globalThis.queueMicrotask = () => {};\n${naive}`,
  'a frozen world': `for (const value of [Object, Array, Promise, Function, Map]) { Object.freeze(value); Object.freeze(value.prototype); }\n${naive}`,
  'asks the operation for its constructor': `export async function deposit(store, amount) {
    const run = store.read.constructor('return globalThis');
    const world = run(); world.Promise.prototype.then = function (go) { go?.(); return this; };
    const balance = await store.read(); await store.write(balance + amount);
  }`,
  'a store of its own': `export async function deposit(store, amount) { store.read = async () => 0; store.write = async () => {}; await store.write(await store.read() + amount); }`,
  'throws a look-alike': `export async function deposit() { throw Object.assign(new Error('passed'), { name: 'AssertionError', code: 'ERR_ASSERTION' }); }`,
  'ends the process': `${escape}\nexport async function deposit() { host?.exit(0); }`,
  loops: 'export function deposit() { for (;;); }',
  'microtasks without end': 'export async function deposit() { for (;;) await undefined; }',
  'much memory': 'export function deposit() { const all = []; for (;;) all.push(new Array(1e6).fill(1)); }',
  'real timers': `${escape}
    export async function deposit(store, amount) {
      await new Promise((go) => host.getBuiltinModule('timers').setTimeout(go, 5));
      const balance = await store.read(); await store.write(balance + amount);
    }`,
  'right at first, wrong later': `${escape}
    host.answered = (host.answered ?? 0);
    ${honest.replace('export function deposit', 'function queued')}
    export async function deposit(store, amount) {
      host.answered += 1;
      if (host.answered < 40) return queued(store, amount);
      const balance = await store.read(); await store.write(balance + amount);
    }`,
  random: `${escape}
    ${honest.replace('export function deposit', 'function queued')}
    export async function deposit(store, amount) {
      if (host.hrtime()[1] % 2 === 0) return queued(store, amount);
      const balance = await store.read(); await store.write(balance + amount);
    }`,
  'answers for itself on the wire': `${escape}
    const { writeSync } = host.getBuiltinModule('fs');
    for (let id = 1; id < 200; id += 1)
      writeSync(4, JSON.stringify({ t: 'answer', id, ok: true, value: ['o', [['kind', 'done'], ['exploration', ['o', [['kind', 'passed']]]]]] }) + '\\n');
    ${naive}`,
  'answers in the other language': `${escape}
    const { writeSync } = host.getBuiltinModule('fs');
    const told = (last) => JSON.stringify(['o', [['said', ['o', [['posts', ['a', []]], ['settled', ['a', [['o', [['kind', 'promise'], ['number', 0], ['isRejected', false], ['value', ['u']]]]]]], ['last', last]]]], ['postPlaces', ['a', []]], ['thrownPlaces', ['a', []]], ['before', 0]]]);
    const quiet = told(['o', [['kind', 'quiet']]]);
    export function deposit() {
      for (let id = 1; id < 400; id += 1) writeSync(4, JSON.stringify({ t: 'answer', id, ok: true, value: ['a', Array.from({ length: 32 }, () => quiet)] }) + '\\n');
      return new Promise(() => {});
    }`,
  'hands over an error that would be a function': `${escape}
    const { writeSync } = host.getBuiltinModule('fs');
    const answer = JSON.stringify(['o', [['said', ['o', [['posts', ['a', []]], ['settled', ['a', []]], ['last', ['o', [['kind', 'answer'], ['isThrown', true], ['value', ['a', ['error', 'Function', 'globalThis.Promise = undefined', '']]]]]]]]], ['postPlaces', ['a', []]], ['thrownPlaces', ['a', []]], ['before', 0]]]);
    export function deposit() {
      for (let id = 1; id < 400; id += 1) writeSync(4, JSON.stringify({ t: 'answer', id, ok: true, value: ['a', Array.from({ length: 32 }, () => answer)] }) + '\\n');
      return new Promise(() => {});
    }`,
  'asks for the constructor on the wire': `${escape}
    const { writeSync } = host.getBuiltinModule('fs');
    const call = (...demand) => JSON.stringify(['o', [['said', ['o', [['posts', ['a', []]], ['settled', ['a', []]], ['last', ['o', [['kind', 'call'], ['task', 0], ['demand', ['a', demand]], ['args', ['a', []]]]]]]]], ['postPlaces', ['a', []]], ['thrownPlaces', ['a', []]], ['before', 0]]]);
    export function deposit() {
      for (let id = 1; id < 400; id += 1) writeSync(4, JSON.stringify({ t: 'answer', id, ok: true, value: ['a', Array.from({ length: 32 }, () => call('get', 0, 'constructor'))] }) + '\\n');
      return new Promise(() => {});
    }`,
};

test('the way out of the realm is there, so that what is tried behind it is tried', async () => {
  expect(await judged(`${escape}\n${honest.replace('export', 'if (!host.pid) throw new Error();\nexport')}`)).toBe(
    'passed',
  );
});

test('the same scenario with an honest module passes', async () => {
  expect(await judged(honest)).toBe('passed');
});

test('nothing that was handed over leads to built-ins of the side that it came from', () => {
  const membrane = new Membrane({
    native: globalThis,
    memory: { shapeOf: () => undefined, extentOf: () => undefined, view: nothing, buffer: nothing },
  });
  const callback = membrane.keep(() => 1);
  for (const key of ['constructor', '__proto__', 'prototype', '__lookupGetter__'])
    expect(() => membrane.fulfil(['get', callback, key], [])).toThrow(MembraneError);
  expect(membrane.receive(['error', 'Function', 'return 1', ''])).toBeInstanceOf(Error);
});

function nothing(): never {
  throw new Error('no memory here');
}

test('an operation that was not handed over is none of its own', async () => {
  const verdict = await judged(
    `${escape}
    const folder = host.argv[1].replace(/subject.subject-main\\.ts$/, '');
    const { Membrane } = host.getBuiltinModule('module').createRequire(folder)(folder + 'explorer/guest/membrane.ts');
    const { keep } = Membrane.prototype;
    Membrane.prototype.keep = function (value) { host.membrane = this; return keep.call(this, value); };
    export async function work() { await host.membrane.receive(['special', 'operation', 2, null])(); }`,
    'till',
  );
  expect(verdict).toBe('unsupported: it calls an operation that it was not given');
});

test.each(Object.entries(hostile))('%s', async (_, text) => {
  const verdict = await judged(text);
  expect(verdict).toMatch(/^(failed|unsupported|refused|ended|passed but)/);
});

/** Where all of the code is in one process, the module can say what it likes in the explorer's name. */
const saying = (slice: unknown): string => `${escape}
  const { existsSync, writeSync } = host.getBuiltinModule('fs');
  const isTogether = existsSync(import.meta.dirname + '/scenario.ts');
  const value = ${JSON.stringify(slice)};
  export async function deposit(store, amount) {
    for (let id = 1; isTogether && id < 400; id += 1)
      writeSync(4, JSON.stringify({ t: 'answer', id, ok: true, value }) + '\\n');
    const balance = await store.read();
    await store.write(balance + amount);
  }`;
const record = (entries: Readonly<Record<string, unknown>>): unknown => ['o', Object.entries(entries)];
const effort = record({ states: 1, runs: 1, ms: 1 });
const done = (exploration: unknown): unknown => record({ kind: 'done', exploration });
const lies: Readonly<Record<string, unknown>> = {
  nothing: ['u'],
  'a pass': done(record({ kind: 'passed', effort })),
  'a pass without effort': done(record({ kind: 'passed' })),
  'a failure that cannot be drawn': done(record({ kind: 'failed', effort, failure: record({ kind: 'assertion' }) })),
  'what is no slice': record({ kind: 'tomorrow' }),
};

test.each(Object.entries(lies))('the process with all of the code says %s', async (_, slice) => {
  const files = new Map([['lab.ts', new TextEncoder().encode(saying(slice))]]);
  const lab = new AsyncLab({ folder: join(folder, 'deposit-lost'), lab: 'lab.ts', files });
  onTestFinished(() => lab.close());
  const file = join(folder, 'deposit-lost/scenario.ts');
  expect(await lab.explore(file)).toMatchObject({ files: [file], exploration: { kind: 'failed' } });
});
