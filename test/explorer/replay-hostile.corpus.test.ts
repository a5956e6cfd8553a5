// Real threads of scenarios that mean no good: each ends with a message, and nothing of it is left running.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { byLuck } from '../../runner/explorer/real-threads/by-luck.ts';
import { replayOnThreads } from '../../runner/explorer/real-threads/replay-on-threads.ts';
import { digestOf, type Token } from '../../runner/explorer/engine/schedule.ts';
import { processesLeft } from '../harness/processes.ts';

// A sign of life is waited for on fair time, which a busy machine stretches.
vi.setConfig({ testTimeout: 150_000 });

const before = process.env.TMPDIR;
let tmp = '';

beforeAll(() => {
  tmp = mkdtempSync(join(tmpdir(), 'interleave-hostile-'));
  process.env.TMPDIR = tmp;
});

afterAll(async () => {
  if (before === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = before;
  if (process.platform === 'linux') expect(await processesLeft(tmp)).toEqual([]);
  rmSync(tmp, { recursive: true });
});

const scenario = (parts: { setup?: string; thread?: string; final?: string }) => `
export const threads = 2;
export function setup() { ${parts.setup ?? ''} return { word: new Int32Array(new SharedArrayBuffer(4)) }; }
export function thread(id, { word }) { Atomics.add(word, 0, 1); ${parts.thread ?? ''} Atomics.add(word, 0, 1); }
export function final() { ${parts.final ?? ''} }
`;

let written = 0;

/** Beside the other ones, until all tests are over: they run side by side. */
function scenarioFile(text: string): string {
  written += 1;
  const file = join(tmp, `scenario-${written}.mjs`);
  writeFileSync(file, text);
  return file;
}

/** Nobody could take a token from such a scenario; somebody may write one. */
async function led(text: string, turns: readonly number[]) {
  const file = scenarioFile(text);
  const token: Token = {
    memory: 'sc',
    digest: digestOf([text]),
    moves: turns.map((thread) => ({ thread, kind: 'operation' as const })),
  };
  return replayOnThreads(file, token);
}

const free = (text: string, seconds = 0.2) => byLuck(scenarioFile(text), { seconds });

test.concurrent('a final that does not come back', async () => {
  const replay = await led(scenario({ final: 'for (;;);' }), [0, 0, 1, 1]);
  expect(replay).toMatchObject({ kind: 'silent', at: { line: 5 } });
});

test.concurrent('a setup that ends the process', async () => {
  const ends = scenario({ setup: 'process.exit(0);' });
  expect(await led(ends, [0])).toMatchObject({ kind: 'crashed', how: 'it ended with code 0' });
  expect(await free(ends)).toMatchObject({ kind: 'crashed', how: 'it ended with code 0' });
});

test.concurrent('a setup that prints without end', async () => {
  const floods = scenario({ setup: 'for (;;) console.log("x".repeat(10_000));' });
  expect((await led(floods, [0])).kind).toBe('silent');
});

/** The way out of the realm, for whoever looks for one. */
const outside = 'new TextEncoder().constructor.constructor("return process")()';

test.concurrent('a thread that gets out and ends', async () => {
  const replay = await led(scenario({ thread: `${outside}.exit(3);` }), [0, 1]);
  expect(replay).toMatchObject({
    kind: 'replayed',
    conducted: { failure: undefined, stuck: 'thread 0 is gone: its worker ended with code 3' },
  });
});

test.concurrent('a thread that gets out and kills', async () => {
  const replay = await led(scenario({ thread: `const p = ${outside}; p.kill(p.pid, 'SIGKILL');` }), [0, 1]);
  expect(replay).toMatchObject({ kind: 'crashed', how: 'it ended with SIGKILL' });
});

test.concurrent('a free thread that ends its worker', async () => {
  expect(await free(scenario({ thread: 'process.exit(4);' }))).toMatchObject({
    kind: 'gone',
    how: expect.stringContaining('its worker ended with code 4') as string,
  });
});

test.concurrent('a free thread that writes on our pipe', async () => {
  const writes = `import { writeSync } from 'node:fs';\n${scenario({ thread: "writeSync(3, 'passed\\n');" })}`;
  // What explored code may not import does not come so far.
  expect(await free(writes)).toMatchObject({ kind: 'unusable' });
  const loaded = scenario({ thread: "process.getBuiltinModule('fs').writeSync(3, 'passed\\n');" });
  expect(await free(loaded)).toMatchObject({ kind: 'crashed', how: 'it says something that is no result' });
});

test.concurrent.each(['console.log("x".repeat(10_000))', 'held.push(new Array(1e6).fill(held))'])(
  'a free thread that does without end: %s',
  async (does) => {
    const luck = await free(scenario({ thread: `const held = []; for (;;) ${does};` }));
    // Its worker runs out of memory, or it is seen to have no end before.
    if (luck.kind === 'tried') expect(luck.hits).toEqual({ livelock: luck.rounds });
    else expect(luck).toMatchObject({ kind: 'gone', how: expect.stringContaining('memory') as string });
  },
);

test.concurrent('somebody who has seen enough', async () => {
  const abort = new AbortController();
  const file = scenarioFile(scenario({ thread: 'for (;;);' }));
  const onProgress = () => abort.abort();
  expect(await byLuck(file, { seconds: 60, signal: abort.signal, onProgress })).toEqual({ kind: 'cancelled' });
  expect(await byLuck(file, { seconds: 60, signal: abort.signal })).toEqual({ kind: 'cancelled' });
});
