// Scenarios that are none, or that cannot be explored as they are: each is refused with its file, its line and a reason.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { exploreAsyncFile } from '../../runner/explorer/async/explore-async-file.ts';
import { exploreFile } from '../../runner/explorer/explore-file.ts';
import { loadScenario } from '../../runner/explorer/scenario.ts';

const folder = mkdtempSync(join(tmpdir(), 'interleave-refusals-'));
afterAll(() => rmSync(folder, { recursive: true }));

const head = "import { i32 } from 'interleave/kit/scenario';\nexport const threads = 2;\n";
const setup = 'export function setup() { return { m: i32(2) }; }\n';
const thread = 'export function thread(id: number, { m }: any): void { Atomics.add(m, 0, 1); }\n';

let count = 0;

function written(text: string): string {
  count += 1;
  const file = join(folder, `scenario-${count}.ts`);
  writeFileSync(file, text);
  return file;
}

/** What is no scenario: nobody has to run a thread to see it. */
test.for([
  ['no threads', `${setup}${thread}`.replace('', "import { i32 } from 'interleave/kit/scenario';\n"), /neither/, 0],
  ['too many threads', `${head}${setup}${thread}`.replace('= 2', '= 9'), /whole number from 1 to 8/, 0],
  ['half a thread', `${head}${setup}${thread}`.replace('= 2', '= 1.5'), /whole number/, 0],
  ['no setup', `${head}${thread}`, /no function `setup`/, 0],
  ['no thread', `${head}${setup}`, /no function `thread`/, 0],
  ['a final that is no function', `${head}${setup}${thread}export const final = true;\n`, /`final` is no function/, 0],
  [
    'an async thread',
    `${head}${setup}${thread.replace('export function', 'export async function')}`,
    /`thread`.*synchronous/,
    4,
  ],
  [
    'a generator',
    `${head}${setup}${thread.replace('function thread', 'function* thread')}`,
    /`thread`.*synchronous/,
    4,
  ],
  ['an async arrow', `${head}${setup}export const thread = async () => {};\n`, /`thread`.*synchronous/, 4],
  [
    'an async setup',
    `${head}${setup.replace('export function', 'export async function')}${thread}`,
    /`setup`.*synchronous/,
    3,
  ],
  [
    'an async invariant',
    `${head}${setup}${thread}export async function invariant() { return false; }\n`,
    /`invariant`.*synchronous/,
    5,
  ],
  ['an async final', `${head}${setup}${thread}export const final = async () => false;\n`, /`final`.*synchronous/, 5],
  [
    'a setup that throws',
    `${head}export function setup() { throw new Error('no'); }\n${thread}`,
    /setup\(\) fails: Error: no/,
    0,
  ],
  [
    'a setup that throws what is no text',
    `${head}export function setup() { throw Object.create(null); }\n${thread}`,
    /setup\(\) fails: something that is no text/,
    0,
  ],
  [
    'a module that throws what is no text',
    `${head}${setup}${thread}throw Object.create(null);\n`,
    /imported: something that is no text/,
    0,
  ],
  [
    'a setup that returns a proxy that has something against it',
    `${head}export function setup() { return new Proxy({}, { ownKeys() { throw new Error('trap'); } }); }\n${thread}`,
    /cannot be looked at: Error: trap/,
    0,
  ],
  [
    'a setup that returns what is nested without end',
    `${head}export function setup() { let a: any = {}; for (let n = 0; n < 1e5; n++) a = { a }; return a; }\n${thread}`,
    /cannot be looked at: RangeError/,
    0,
  ],
  [
    'a setup that returns a function',
    `${head}export function setup() { return { m: i32(1), f() {} }; }\n${thread}`,
    /a method/,
    0,
  ],
  [
    'a setup that returns an instance',
    `${head}class Lock {}\nexport function setup() { return new Lock(); }\n${thread}`,
    /the class Lock/,
    0,
  ],
  ['a setup that returns a symbol', `${head}export function setup() { return Symbol('x'); }\n${thread}`, /symbol/, 0],
  ['memory without end', `${head}export function setup() { return i32(100_000); }\n${thread}`, /at most/, 0],
  [
    'memory that grows',
    `${head}export function setup() { return new Int32Array(new SharedArrayBuffer(4, { maxByteLength: 8 })); }\n${thread}`,
    /SharedArrayBuffer that grows/,
    0,
  ],
  ['what does not parse', `${head}${setup}export function thread( {\n`, /parse/, 4],
  ['an import that is not there', `import './nowhere.ts';\n${head}${setup}${thread}`, /cannot be read/, 0],
  [
    'a name that is not exported',
    `import { nothing } from 'interleave/kit/scenario';\n${head}${setup}${thread}`,
    /nothing/,
    1,
  ],
  ['a package', `import 'vitest';\n${head}${setup}${thread}`, /vitest/, 1],
  ['a module that throws', `${head}${setup}${thread}throw new Error('early');\n`, /early/, 0],
] as const)('%s', ([, text, reason, line]) => {
  const file = written(text);
  const scenario = loadScenario(file);
  if (scenario.kind !== 'unusable') return expect.fail('it is taken for a scenario');
  expect(scenario.reason).toMatch(reason);
  expect(scenario.file).toMatch(/\.ts$/);
  if (line > 0) expect(scenario.line).toBe(line);
});

/** What only shows when a thread runs. */
test.for([
  ['a thread that gives back a promise', 'return Promise.resolve() as any;', /promise/, 4],
  ['a thread that gives back an iterator', 'return [1].values() as any;', /iterator/, 4],
  ['a rejection that nobody hears of', "void (async () => { throw new Error('x'); })();", /nobody hears of it/, 5],
  [
    'a rejection that nobody hears of, behind an operation',
    "Atomics.add(m, 0, 1); void (async () => { await 1; throw new Error('x'); })();",
    /nobody hears of it/,
    5,
  ],
  [
    'a thread that does something else each time',
    "const out = (assert as any).constructor('return globalThis')(); out.runs = (out.runs ?? 0) + 1;\n  Atomics.load(m, out.runs % 2); Atomics.add(m, 0, 1); Atomics.load(m, 0);",
    /not do the same each time/,
    0,
  ],
] as const)('%s', async ([, body, reason, line]) => {
  const text = `${head}${setup}export function thread(id: number, { m }: any): void {\n  void m; ${body}\n}\nimport assert from 'node:assert';\nvoid assert;\n`;
  const file = written(text);
  const explored = await exploreFile(file);
  if (explored.kind === 'unusable' || explored.exploration.kind !== 'unsupported')
    return expect.fail(`not refused but ${JSON.stringify(explored).slice(0, 300)}`);
  const { exploration } = explored;
  expect(exploration.reason).toMatch(reason);
  expect(exploration.file).toBe(file);
  if (line > 0) expect(exploration.line).toBe(line);
});

test('a rejection that is heard of later in the thread is nothing to refuse', async () => {
  const body = "const late = (async () => { throw new Error('x'); })(); Atomics.add(m, 0, 1); late.catch(() => {});";
  const file = written(`${head}${setup}export function thread(id: number, { m }: any): void {\n  ${body}\n}\n`);
  expect(await exploreFile(file)).toMatchObject({ exploration: { kind: 'passed', bound: undefined } });
});

const ofTasks = 'export const tasks = 1;\nexport async function task() {}\n';

test.for([
  ['an async setup', 'export async function setup() { return {}; }\n', /`setup` has to be an ordinary/],
  [
    'an async final',
    'export function setup() {}\nexport async function final() { return false; }\n',
    /`final` has to be/,
  ],
  [
    'an async invariant',
    'export function setup() {}\nexport const invariant = async () => false;\n',
    /`invariant` has to be/,
  ],
  ['a final that is a generator', 'export function setup() {}\nexport function* final() {}\n', /`final` has to be/],
  [
    'a final that gives back a promise',
    'export function setup() {}\nexport const final = () => Promise.resolve(false);\n',
    /final gave back a promise/,
  ],
  [
    'an invariant that gives back a promise',
    'export function setup() {}\nexport const invariant = () => Promise.resolve(false);\n',
    /invariant gave back a promise/,
  ],
] as const)('of tasks: %s', async ([, rest, reason]) => {
  const file = written(ofTasks + rest);
  const explored = await exploreAsyncFile(file, [file]);
  if (explored.kind === 'unusable') return expect(explored.reason).toMatch(reason);
  expect(explored.exploration).toMatchObject({ kind: 'unsupported', reason: expect.stringMatching(reason) });
});

test.for([
  ['final', 'Promise.resolve(true)'],
  ['invariant', 'Promise.resolve(true)'],
  ['final', "Promise.reject(new Error('no'))"],
] as const)('of threads: %s that gives back %s', async ([name, promise]) => {
  const promising = `export const ${name} = () => ${promise};\n`;
  const file = written(`${head}${setup}export function thread(): void {}\n${promising}`);
  const reason = `${name} gave back a promise, and nobody waits for it`;
  expect(await exploreFile(file)).toMatchObject({ exploration: { kind: 'unsupported', reason, file, line: 5 } });
});

const unreadable = "Object.defineProperty(new Error('x'), 'message', { get() { throw new Error('y'); } })";

test('a final that throws an error that cannot be read', async () => {
  const text = `${head}${setup}export function thread(): void {}\nexport function final() { throw ${unreadable}; }\n`;
  expect(await exploreFile(written(text))).toMatchObject({
    exploration: { failure: { said: 'final threw something that is no text' } },
  });
});

test.for([
  ['a task', `throw ${unreadable};`, 'thrown: something that is no text'],
  [
    'an effect',
    `await shared.run(() => { throw Object.assign(new Error('x'), { name: Symbol('y') }); });`,
    'thrown: something that is no text',
  ],
  ['a proxy', 'shared.trap.x;', 'Error: trap'],
] as const)('of tasks: %s that throws what cannot be read', async ([, body, said]) => {
  const trap =
    "new Proxy({}, { get() { throw new Error('trap'); }, getOwnPropertyDescriptor() { throw new Error('trap'); }, ownKeys() { throw new Error('trap'); } })";
  const file = written(
    `export const tasks = 1;\nexport function setup({ operation }: any) { return { run: operation((work: () => void) => work()), trap: ${trap} }; }\nexport async function task(_: number, shared: any) { ${body} }\n`,
  );
  expect(await exploreAsyncFile(file, [file])).toMatchObject({ exploration: { failure: { kind: 'exception', said } } });
});
