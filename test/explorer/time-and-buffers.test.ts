// What the corpus cannot say in its first lines: waits that run out beside threads that spin, and stores on their way to memory.
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { MemoryModel } from '../../runner/explorer/engine/memories.ts';
import { proofLimits } from '../../runner/explorer/picture/proof.ts';
import { exploreText } from './compare.ts';
import { exploreHere } from './explore-here.ts';

const head = [
  "import { i32 } from 'interleave/kit/scenario';",
  'export const threads = 2;',
  'export function setup() { return { f: i32(1), g: i32(1) }; }',
  'export function thread(id: number, { f, g }: ReturnType<typeof setup>): void {',
].join('\n');
const spins = 'if (id === 0) { while (Atomics.load(f, 0) === 0); return; }';

test('who spins does not keep a wait from running out', async () => {
  const text = `${head} ${spins} Atomics.wait(g, 0, 0, 100); Atomics.store(f, 0, 1); }`;
  expect(await exploreText(text)).toMatchObject({ kind: 'passed', bound: undefined });
});

test('what comes after a wait that ran out is looked at', async () => {
  const text = `${head} ${spins} if (Atomics.wait(g, 0, 0, 100) === 'timed-out') throw new Error('late'); }`;
  expect(await exploreText(text)).toMatchObject({
    kind: 'failed',
    failure: { kind: 'exception', preemptions: 0, steps: [{ kind: 'operation' }, { kind: 'expiry' }] },
  });
});

test('a wait that ran out helps nobody who spins for something else', async () => {
  const text = `${head} ${spins} Atomics.wait(g, 0, 0, 100); }`;
  expect(await exploreText(text)).toMatchObject({ kind: 'failed', failure: { kind: 'livelock' } });
});

test('a wait with a time limit does not run out while somebody can wake it', async () => {
  const wakes = 'if (id === 0) { Atomics.store(f, 0, 1); Atomics.store(g, 0, 1); Atomics.notify(g, 0); return; }';
  const text = `${head} ${wakes} if (Atomics.wait(g, 0, 0, 100) === 'timed-out') throw new Error('late'); }`;
  const exploration = await exploreText(text);
  expect(exploration).toMatchObject({ kind: 'passed', bound: undefined });
  if (exploration.kind === 'passed') expect(proofLimits(exploration).join('\n')).toMatch(/^A wait with a time limit/m);
});

test('where nobody waits for a limited time, nothing is said of it', async () => {
  const exploration = await exploreText(`${head} Atomics.add(f, 0, 1); }`);
  if (exploration.kind !== 'passed') return expect.fail(exploration.kind);
  expect(proofLimits(exploration).join('\n')).not.toMatch(/time limit/);
});

test('a store on its way arrives, whoever spins for it (tso)', async () => {
  const text = `${head} ${spins} f[0] = 1; }`;
  expect(await exploreText(text, { memory: 'tso' })).toMatchObject({ kind: 'passed', bound: undefined });
});

test.for<readonly [string, MemoryModel, string]>([
  ['peterson-plain', 'sc', 'race'],
  ['peterson-plain', 'tso', 'assertion'],
  ['peterson', 'tso', 'passed'],
  ['dekker', 'tso', 'passed'],
  ['store-buffering-plain', 'sc', 'race'],
  ['store-buffering-plain', 'tso', 'assertion'],
  ['store-buffering', 'tso', 'passed'],
  ['message-plain-flag', 'tso', 'passed'],
  ['futex-taken-as-one', 'tso', 'deadlock'],
])('%s under %s: %s', async ([name, memory, verdict]) => {
  const file = fileURLToPath(new URL(`../fixtures/explored/threads/${name}.ts`, import.meta.url));
  const exploration = await exploreHere(file, { memory });
  expect(exploration.kind === 'failed' ? exploration.failure.kind : exploration.kind).toBe(verdict);
});
