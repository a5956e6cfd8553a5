// What code does to the built-ins of its realm is gone before its next run, and before the run of another thread; where it
// cannot be taken back, or was found when others had met it already, it is refused.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { Exploration } from '../../runner/explorer/engine/verdict.ts';
import { exploreFile } from '../../runner/explorer/explore-file.ts';
import { asyncExplorer } from './async-explored.ts';
import { exploreHere } from './explore-here.ts';

const folder = mkdtempSync(join(tmpdir(), 'interleave-reset-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Each says whether it is the first in its realm to be run, and sees to it that the next one is not. */
const traces: Readonly<Record<string, string>> = {
  'a static method': "const isFirst = Math.hypot.name === 'hypot'; Math.hypot = () => 9;",
  'a method of a prototype':
    "const { flatMap } = Array.prototype; const isFirst = flatMap.name === 'flatMap'; Array.prototype.flatMap = () => [];",
  'a method by defineProperty':
    "const isFirst = Map.prototype.get.name === 'get'; Object.defineProperty(Map.prototype, 'get', { value: () => 9 });",
  'a getter':
    "const isFirst = new Set().size === 0; Object.defineProperty(Set.prototype, 'size', { get: () => 9, configurable: true });",
  'a getter in the place of a value':
    "const isFirst = parseFloat('1') === 1; Object.defineProperty(Number, 'parseFloat', { get: () => 9 }); globalThis.parseFloat = () => 9;",
  'a method by its symbol': 'const isFirst = "a,b".split(/,/).length === 2; RegExp.prototype[Symbol.split] = () => [];',
  'a property of a method': 'const isFirst = !Math.max.isTaken; Math.max.isTaken = true;',
  'the name of a method':
    "const isFirst = Math.sinh.name === 'sinh'; Object.defineProperty(Math.sinh, 'name', { value: 'x' });",
  'a method that is deleted': "const isFirst = 'with' in Array.prototype; delete Array.prototype.with;",
  'a prototype': 'const isFirst = !Map.prototype.isTaken; Object.setPrototypeOf(Map.prototype, { isTaken: true });',
  'next of an iterator':
    'const all = Object.getPrototypeOf([].values()); const isFirst = all.next.length === 0; all.next = (a) => ({ done: true });',
  'a helper of iterators': 'const isFirst = !Iterator.prototype.take.x; Iterator.prototype.take.x = 1;',
  'next of a generator':
    "const all = Object.getPrototypeOf(function* () {}).prototype; const isFirst = all.next.name === 'next'; all.next = () => ({ done: true });",
  'a static that is added': 'const isFirst = !Promise.isTaken; Promise.isTaken = 1; Promise.try = 1;',
  'the limit of stack traces': 'const isFirst = Error.stackTraceLimit !== 3; Error.stackTraceLimit = 3;',
  'how stacks are prepared': 'const isFirst = !Error.prepareStackTrace; Error.prepareStackTrace = () => 1;',
  'a method of URL': "const isFirst = URL.prototype.toJSON.name === 'toJSON'; URL.prototype.toJSON = () => '';",
  'a property of the console': 'const isFirst = !console.isTaken; console.isTaken = true;',
  'a clock of its own': "const isFirst = Date.now.name === 'now'; Date.now = () => 5;",
  'a promise that is late':
    'const isFirst = !globalThis.isTaken; Promise.resolve().then(() => { globalThis.isTaken = true; });',
};

function threads(name: string, body: string): string {
  const file = join(folder, `${name.replaceAll(/\W/g, '-')}.ts`);
  const text = [
    'export const threads = 2;',
    'export function setup(): any { return { m: new Int32Array(new SharedArrayBuffer(8)) }; }',
    'export function thread(id: number, { m }: any): void {',
    `  ${body}`,
    '}',
    'export function final({ m }: any): boolean { return m[0] === 2; }',
    '',
  ].join('\n');
  writeFileSync(file, text);
  return file;
}

const counted = (trace: string): string => `Atomics.load(m, 1); ${trace} Atomics.add(m, 0, isFirst ? 1 : 5);`;

test.each(Object.entries(traces))('of threads: %s', async (name, trace) => {
  expect(await exploreHere(threads(name, counted(trace)))).toMatchObject({ kind: 'passed', bound: undefined });
});

/** @param trace where a second run of the same realm finds it, each of two tasks does */
function tasks(trace: string): Uint8Array {
  const text = `
    export const tasks = 2;
    export const setup = ({ operation }) => ({ step: operation(() => {}) });
    ${trace}
    export async function task(id, { step }) { await step(); if (!isFirst) throw new Error('met'); await step(); }`;
  return new TextEncoder().encode(text);
}

const ofTasks = Object.entries(traces).filter(([name]) => name !== 'a promise that is late');
const explore = asyncExplorer(new Map(ofTasks.map(([, trace], index) => [`${index}.js`, tasks(trace)])));

test.each(ofTasks.map(([name], index) => [name, `${index}.js`] as const))('of tasks: %s', async (_, file) => {
  expect(await explore(file)).toMatchObject({ kind: 'passed', bound: undefined });
});

function reasonOf(exploration: Exploration): string {
  return exploration.kind === 'unsupported' ? exploration.reason : exploration.kind;
}

test.each([
  ['what cannot be put back', 'Object.freeze(Map.prototype); Atomics.add(m, 0, 1);', /^Map\.prototype\b.*built-ins/],
  [
    'what is done late, when others have met it',
    'for (let n = 0; n < 8; n += 1) if (Atomics.add(m, 1, 1) === 15) Math.hypot = () => 9; Atomics.add(m, 0, 1);',
    /^Math\.hypot\b.*built-ins/,
  ],
  [
    'what is done by the last run of all',
    'for (let n = 0; n < 8; n += 1) Atomics.add(m, 1, id + 1); if (Atomics.add(m, 0, 1) === 1 && m[1] === 24) Math.fround = () => 9;',
    /^Math\.fround\b.*built-ins/,
  ],
])('refused: %s', async (name, body, reason) => {
  const file = threads(name, body);
  const explored = await exploreFile(file);
  if (explored.kind !== 'explored') return expect.fail(explored.reason);
  const { exploration } = explored;
  expect(reasonOf(exploration)).toMatch(reason);
  expect(exploration).toMatchObject({ file, line: 3 });
});
