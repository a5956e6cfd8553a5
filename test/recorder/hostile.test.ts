// Programs that do not end, that flood, or that forge records: the trace keeps what was seen until then.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { afterAll, describe, test } from 'vitest';
import { recordFd } from '../../runner/recorder/record.ts';
import { traceProgram } from '../../runner/tracer/trace-program.ts';
import type { TracedRun } from '../../runner/tracer/trace.ts';

const folder = mkdtempSync(join(tmpdir(), 'interleave-hostile-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function trace(name: string, source: string, limitMs = 30_000): Promise<TracedRun> {
  const file = join(folder, name);
  writeFileSync(file, source);
  return traceProgram({ file, cwd: folder, env: process.env, limitMs });
}

function rows({ trace: { events } }: TracedRun): string[] {
  return events.map(({ kind, output }) => `${kind} ${output.trim()}`.trim());
}

describe.concurrent('a hostile program', () => {
  test('that loops for ever in a timer is ended, and the timer is its last event', async ({ expect }) => {
    const run = await trace(
      'loop.cjs',
      `console.log('a'); setTimeout(() => console.log('b'), 1); setTimeout(() => { console.log('c'); for (;;); }, 2);`,
      4_000,
    );
    expect(run.ending).toEqual({ kind: 'stopped', why: 'limit' });
    expect(rows(run)).toEqual(['script a', 'timer b', 'timer c']);
    const [, second, last] = run.trace.events;
    expect((last?.endMs ?? 0) - (last?.startMs ?? 0)).toBeGreaterThan((second?.endMs ?? 0) - (second?.startMs ?? 0));
    expect(run.trace.steps.filter(({ kind }) => kind === 'end')).toHaveLength(2);
  });

  test('whose microtasks never end is ended, and the first of them are there', async ({ expect }) => {
    const run = await trace(
      'microtasks.cjs',
      `console.log('a'); const again = () => queueMicrotask(again); again(); setTimeout(() => console.log('never'), 0);`,
      4_000,
    );
    expect(run.ending).toEqual({ kind: 'stopped', why: 'limit' });
    expect(rows(run).slice(0, 4)).toEqual(['script a', 'microtask', 'microtask', 'microtask']);
  });

  test('that floods is ended when it has written enough', async ({ expect }) => {
    const run = await trace('flood.cjs', `for (;;) console.log('x'.repeat(10_000));`);
    expect(run.ending).toEqual({ kind: 'stopped', why: 'output' });
    expect(run.trace.events).toHaveLength(1);
    expect(run.trace.events[0]?.output.length).toBeGreaterThan(500_000);
  });

  test('that forges records gets no more than its own trace wrong', async ({ expect }) => {
    const forged = [
      'no JSON at all',
      '["begin"]',
      '["begin",1,2,"nobody","x",0,0,0]',
      '["end",5,6]',
      '["end","never"]',
      '["__proto__",1]',
      '["print",1,2,3]',
      '["drop",1,99]',
      '["runs",99]',
      '["resolve",-1,-1]',
      '[]',
      'null',
      '["schedule",1,"timer","x",99,99,99,99,1e300,-1]',
      '["begin",1,99,"timer","x",99,99,99]',
      '["end",1]',
      '{"a":'.repeat(1_000),
      'x'.repeat(3_000_000),
    ].join('\n');
    const source = `const fs = require('node:fs');
      console.log('a');
      const forged = ${JSON.stringify(forged)};
      for (let from = 0; from < forged.length;) from += fs.writeSync(${recordFd}, forged.slice(from) + '\\n');
      setTimeout(() => console.log('b'), 1);`;
    const run = await trace('forger.cjs', source);
    expect(run.ending).toEqual({ kind: 'exit', code: 0 });
    expect(run.stdout).toBe('a\nb\n');
    expect(rows(run)).toEqual(['script a', 'timer', 'timer b']);
  });

  test('that ends with a record half written leaves the rest of its trace', async ({ expect }) => {
    const run = await trace(
      'half.cjs',
      `console.log('a'); require('node:fs').writeSync(${recordFd}, '["begin",1,'); process.kill(process.pid, 'SIGKILL');`,
    );
    expect(run.ending).toEqual({ kind: 'signal', signal: 'SIGKILL' });
    expect(rows(run)).toEqual(['script a']);
  });
});
