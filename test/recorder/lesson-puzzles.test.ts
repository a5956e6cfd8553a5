// Each program that lesson 04 lets the reader trace: it prints the same with the tracer and without, and each line comes from
// the callback that the lesson says. The kinds are written down here by hand, with what the callback prints.
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { traceProgram } from '../../runner/tracer/trace-program.ts';

const lesson = fileURLToPath(new URL('../../lessons/04-event-loop/', import.meta.url));

/** Kind and output of each callback, in order; a callback that prints nothing is its kind alone. */
const puzzles: { readonly [snippet: string]: readonly string[] } = {
  'first-order.ts': ['script: script', 'microtask: promise', 'nextTick: nextTick', 'timer: timeout'],
  'at-once.ts': ['script: kettle on, table laid', 'microtask: tea ready', 'microtask: cups filled'],
  'chain.ts': [
    'script:',
    'microtask: link 1',
    'microtask: link 2',
    'microtask: link 3',
    'microtask: link 4',
    'microtask:',
    'timer: timer',
  ],
  'behind-each.ts': ['script:', 'timer: timer 1', 'nextTick: nextTick', 'microtask: microtask', 'timer: timer 2'],
  'both-queues.ts': [
    'script:',
    'timer:',
    'nextTick: T1',
    'microtask: M1',
    'microtask: M2',
    'microtask: M3',
    'nextTick: T2',
  ],
  'io-order.ts': ['script:', 'io: read', 'nextTick: nextTick', 'immediate: immediate', 'timer: timeout'],
  'immediates.ts': ['script:', 'immediate: A', 'nextTick: C', 'immediate: D', 'immediate: B'],
  'take-turns.ts': [
    'script: a1, b1',
    'microtask: a2',
    'microtask: b2',
    'microtask: a3',
    'microtask: b3',
    'microtask:',
    'microtask:',
    'microtask:',
  ],
  'return-promise.ts': ['script:', 'microtask:', 'microtask: awaited', 'microtask: plain'],
  'for-each.ts': ['script: all sent', 'microtask: tea', 'microtask: cake', 'microtask: milk'],
  'add-both.ts': ['script:', 'microtask:', 'microtask:', 'microtask: 4'],
  'until-nothing.ts': ['script:', 'timer: timeout', 'process: exit'],
  'order.script.cts': ['script: script', 'nextTick: nextTick', 'microtask: promise', 'timer: timeout'],
  'order.script.mts': ['script: script', 'microtask: promise', 'nextTick: nextTick', 'timer: timeout'],
};

/** It prints how long it took, and runs as many callbacks as fit into that time: no order to be checked. */
const noPuzzle = 'starve.ts';

const traced = [...readFileSync(`${lesson}lesson.md`, 'utf8').matchAll(/^```ts snippets\/([^ #]+).* trace$/gm)].map(
  ([, snippet = '']) => snippet,
);

describe.concurrent('the trace of a puzzle of lesson 04', () => {
  test('is checked for each that the lesson shows', () => {
    expect(traced.length).toBeGreaterThan(10);
    expect(traced.filter((snippet) => snippet !== noPuzzle && !puzzles[snippet])).toEqual([]);
  });

  test.for(Object.entries(puzzles))('%s', async ([snippet, callbacks], { expect }) => {
    const file = `${lesson}snippets/${snippet}`;
    const [plain, run] = await Promise.all([
      promisify(execFile)(process.execPath, [file]),
      traceProgram({ file, cwd: lesson, env: process.env, limitMs: 30_000 }),
    ]);
    expect(run.stdout).toBe(plain.stdout);
    expect(run.trace.unseen).toEqual([]);
    const { events } = run.trace;
    expect(events.map(({ output }) => output).join('')).toBe(plain.stdout);
    const seen = events.map(({ kind, output }) => `${kind}: ${output.trim().split('\n').join(', ')}`.trim());
    expect(seen).toEqual(callbacks);
  });
});
