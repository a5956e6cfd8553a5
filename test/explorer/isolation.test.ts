// Threads that do what no thread may, and a check that does not come back: each ends with a verdict or a word about how it ended,
// and nothing that it started is left.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { runExplorer, type ExplorerEnding } from '../../runner/explorer/explorer-process.ts';
import { processesLeft } from '../harness/processes.ts';

const folder = mkdtempSync(join(tmpdir(), 'interleave-isolation-'));
/** By its TMPDIR everything is found again that an exploration has started. */
const marked = join(folder, 'tmp');
mkdirSync(marked);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A way out of the realm, as somebody hostile would take it. */
const escape = "const outside = (assert as any).constructor('return process')();";

async function ended(name: string, body: string, rest = ''): Promise<ExplorerEnding> {
  const file = join(folder, `${name}.ts`);
  writeFileSync(
    file,
    [
      "import assert from 'node:assert';",
      "import { i32 } from 'interleave/kit/scenario';",
      'export const threads = 2;',
      'export function setup() { return { m: i32(2) }; }',
      'export function thread(id: number, { m }: { m: Int32Array }): void {',
      '  void assert;',
      '  Atomics.store(m, id, 1);',
      `  ${body}`,
      '}',
      rest,
    ].join('\n'),
  );
  const { TMPDIR } = process.env;
  process.env.TMPDIR = marked;
  try {
    return await runExplorer({ file, options: {} });
  } finally {
    if (TMPDIR === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = TMPDIR;
    expect(await processesLeft(marked)).toEqual([]);
  }
}

test('a loop without an access is a livelock with its line, and what came before it', async () => {
  const ending = await ended('loops', 'if (Atomics.load(m, 0) === 1) for (;;);');
  expect(ending).toMatchObject({
    kind: 'explored',
    exploration: { kind: 'failed', failure: { kind: 'livelock', preemptions: 0 } },
  });
  if (ending.kind !== 'explored' || ending.exploration.kind !== 'failed') return;
  const { steps, standings } = ending.exploration.failure;
  expect(steps.map(({ thread, operation }) => `${thread} ${operation.name}`)).toEqual(['0 store', '0 load']);
  expect(standings[0]).toMatchObject({ kind: 'hung', places: [{ line: 8 }] });
});

test('a thread that fills the memory', async () => {
  const ending = await ended('hog', 'for (const all: unknown[] = []; ; ) all.push(new Array(100_000).fill(id));');
  // Where the machine is slow, its time is up first.
  if (ending.kind === 'guest-ended') expect(ending.ending.kind).toBe('memory');
  else expect(ending).toMatchObject({ exploration: { failure: { kind: 'livelock' } } });
});

test('a thread that ends its process', async () => {
  const ending = await ended('exits', `${escape} outside.exit(3);`);
  expect(ending).toMatchObject({ kind: 'guest-ended', ending: { kind: 'exit', code: 3 } });
});

test('a thread that kills its process', async () => {
  const ending = await ended('kills', `${escape} outside.kill(outside.pid, 'SIGKILL');`);
  expect(ending).toMatchObject({ kind: 'guest-ended', ending: { kind: 'signal' } });
});

test('a thread that prints without end', async () => {
  const flood = "const { writeSync } = outside.getBuiltinModule('fs'); for (;;) writeSync(1, 'x'.repeat(65_536));";
  const ending = await ended('floods', `${escape} ${flood}`);
  expect(ending).toMatchObject({ kind: 'guest-ended', ending: { kind: 'output' } });
});

test('a thread that starts processes', async () => {
  const spawn =
    "outside.getBuiltinModule('child_process').spawn('sleep', ['1000'], { detached: true, stdio: 'ignore' }).unref();";
  const ending = await ended('spawns', `${escape} ${spawn}`);
  // That it did so is not to be seen; that nothing of it is left is.
  expect(ending).toMatchObject({ kind: 'explored' });
});

test('an exception that nobody catches, outside of the threads', async () => {
  const ending = await ended(
    'throws-later',
    `${escape} outside.getBuiltinModule('timers').setTimeout(() => { throw new Error('later'); }, 0); Atomics.load(m, 0);`,
  );
  expect(['guest-ended', 'explored']).toContain(ending.kind);
});

test('console.log in a thread is nobody’s output', async () => {
  const ending = await ended('prints', "for (let n = 0; n < 1000; n++) console.log('x'.repeat(1000));");
  expect(ending).toMatchObject({ kind: 'explored', exploration: { kind: 'passed' } });
});

test('an invariant that does not come back', async () => {
  const ending = await ended('invariant', '', 'export function invariant(): boolean { for (;;); }');
  expect(ending).toMatchObject({ kind: 'silent', at: { line: 10 } });
});

test('threads have no built-in in common, nor does a run find what an earlier one has added', async () => {
  const once = 'if (!(Math as any).isTaken) { (Math as any).isTaken = true; Atomics.add(m, 0, 5); }';
  const ending = await ended('built-in', once, 'export function final({ m }: any) { return m[0] === 5 + 1; }');
  expect(ending).toMatchObject({ exploration: { kind: 'failed', failure: { kind: 'assertion' } } });
  const each = await ended('built-ins', once, 'export function final({ m }: any) { return m[0] > 5; }');
  expect(each).toMatchObject({ exploration: { kind: 'passed' } });
});
