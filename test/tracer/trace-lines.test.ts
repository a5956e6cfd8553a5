// The timeline: at the narrowest terminal that is promised, at the usual one, at a wide one.
import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { plainStyle, styleFor } from '../../runner/terminal/style.ts';
import { displayWidth } from '../../runner/terminal/wrap.ts';
import { foldRepeats } from '../../runner/terminal/fold-repeats.ts';
import { traceLines, type TraceView } from '../../runner/tracer/trace-lines.ts';
import type { TracedRun } from '../../runner/tracer/trace.ts';
import { MadeTrace, oneOfEach } from './made-trace.ts';

function drawn(run: TracedRun, view: Partial<TraceView> = {}): string {
  return traceLines(run, { columns: 80, style: plainStyle, cwd: '/course', ...view }).join('\n');
}

/** The rows alone, without what stands above and below. */
function rows(run: TracedRun, view: Partial<TraceView> = {}): string {
  return drawn(run, view).split('\n\n').slice(1, -1).join('\n\n');
}

test('at 80 columns', () => {
  expect(drawn(oneOfEach().ended())).toMatchInlineSnapshot(`
    "Trace of lab.ts
    7 callbacks in 10.2 ms, of which they held the loop for 1.80 ms.
    Each row: when it began, what ran it, its number and name, who scheduled it
    and where, how long it held the loop.

     0.0 ms  script     #0 lab.ts                                   0.80 ms
             | script
             ~ await in load (line 12): suspended
     0.8 ms    nextTick   #1 nextTick: first       by #0 lab.ts:6   0.10 ms
               | first
     0.9 ms    microtask  #2 then: second          by #0 lab.ts:7   0.40 ms
     1.7 ms  immediate  #3 setImmediate: check     by #0 lab.ts:4   0.10 ms
             | check
             (the loop waited 3.00 ms)
     4.8 ms  io         #4 readFile: answer        by #0 lab.ts:5   0.20 ms
     5.0 ms    microtask  #5 await in load         by #0 lab.ts:12  0.10 ms
               | loaded
             (the loop waited 5.00 ms)
    10.1 ms  timer      #6 setTimeout 10 ms: tick  by #0 lab.ts:3   0.10 ms
             | tick

    The program ended with exit code 0."
  `);
});

test('at 60 columns', () => {
  expect(rows(oneOfEach().ended(), { columns: 60 })).toMatchInlineSnapshot(`
    " 0.0 ms  script     #0 lab.ts               0.80 ms
             | script
             ~ await in load (line 12): suspended
     0.8 ms    nextTick   #1 nextTick: first
                          by #0 lab.ts:6        0.10 ms
               | first
     0.9 ms    microtask  #2 then: second
                          by #0 lab.ts:7        0.40 ms
     1.7 ms  immediate  #3 setImmediate: check
                        by #0 lab.ts:4          0.10 ms
             | check
             (the loop waited 3.00 ms)
     4.8 ms  io         #4 readFile: answer
                        by #0 lab.ts:5          0.20 ms
     5.0 ms    microtask  #5 await in load
                          by #0 lab.ts:12       0.10 ms
               | loaded
             (the loop waited 5.00 ms)
    10.1 ms  timer      #6 setTimeout 10 ms: tick
                        by #0 lab.ts:3          0.10 ms
             | tick"
  `);
});

test('at 120 columns, seen from another folder', () => {
  expect(drawn(oneOfEach().ended(), { columns: 120, cwd: '/' })).toMatchInlineSnapshot(`
    "Trace of course/lab.ts
    7 callbacks in 10.2 ms, of which they held the loop for 1.80 ms.
    Each row: when it began, what ran it, its number and name, who scheduled it
    and where, how long it held the loop.

     0.0 ms  script     #0 lab.ts                                     0.80 ms
             | script
             ~ await in load (line 12): suspended
     0.8 ms    nextTick   #1 nextTick: first         by #0 lab.ts:6   0.10 ms
               | first
     0.9 ms    microtask  #2 then: second            by #0 lab.ts:7   0.40 ms
     1.7 ms  immediate  #3 setImmediate: check       by #0 lab.ts:4   0.10 ms
             | check
             (the loop waited 3.00 ms)
     4.8 ms  io         #4 readFile: answer          by #0 lab.ts:5   0.20 ms
     5.0 ms    microtask  #5 await in load           by #0 lab.ts:12  0.10 ms
               | loaded
             (the loop waited 5.00 ms)
    10.1 ms  timer      #6 setTimeout 10 ms: tick    by #0 lab.ts:3   0.10 ms
             | tick

    The program ended with exit code 0."
  `);
});

test('colours add nothing that is not in the words', () => {
  const run = oneOfEach().ended();
  const coloured = drawn(run, { style: styleFor({ isTTY: true }, { TERM: 'xterm' }) });
  expect(coloured).toContain('\x1b[');
  expect(stripVTControlCharacters(coloured)).toBe(drawn(run));
});

test('one callback that blocks the loop stands out, and so do many that do it together', () => {
  const made = new MadeTrace();
  const tasks: number[] = [];
  made.script(() => {
    tasks.push(made.put('timer', 'long', { dueMs: 1, line: 2 }));
    for (let count = 0; count < 3; count++) tasks.push(made.put('microtask', `part ${count}`, { line: 3 }));
  });
  for (const task of tasks.slice(1)) made.run(task, () => made.wait(20));
  made.run(tasks[0] ?? -1, () => made.wait(100));
  expect(rows(made.ended())).toMatchInlineSnapshot(`
    " 0.0 ms  script     #0 lab.ts                     0.10 ms
     0.1 ms    microtask  #1 part 0  by #0 lab.ts:3   20.1 ms ##
    20.2 ms    microtask  #2 part 1  by #0 lab.ts:3   20.1 ms ##
    40.3 ms    microtask  #3 part 2  by #0 lab.ts:3   20.1 ms ##
             ! Together these 4 callbacks blocked the loop: nothing else could run
               for 60.4 ms (more than 50 ms).
    60.4 ms  timer      #4 long      by #0 lab.ts:2  100.1 ms ########
             ! It blocked the loop: nothing else could run for 100.1 ms (more than
               50 ms)."
  `);
  expect(drawn(made.ended(), { blockMs: 200 })).not.toContain('!');
});

/** A thousand turns of one kind, of which some print. */
function thousand(kind: 'one' | 'two'): MadeTrace {
  const made = new MadeTrace();
  let next = 0;
  made.script(() => (next = made.put('immediate', 'again', { line: 2 })));
  for (let count = 0; count < 1_000; count++) {
    made.run(next, () => {
      if (kind === 'two' && count % 2 === 0) made.print('even\n');
      next = made.put('immediate', 'again', { line: 2 });
    });
  }
  return made;
}

test('what comes again and again is folded', () => {
  expect(rows(thousand('one').ended())).toMatchInlineSnapshot(`
    "  0.0 ms  script     #0 lab.ts                        0.10 ms
      0.1 ms  immediate  #1 again       by #0 lab.ts:2    0.10 ms
              ... 999 more like this, until 100.1 ms; they held the loop for 99.9 ms"
  `);
  expect(rows(thousand('two').ended())).toMatchInlineSnapshot(`
    "  0.0 ms  script     #0 lab.ts                        0.10 ms
      0.1 ms  immediate  #1 again       by #0 lab.ts:2    0.10 ms
              | even
      0.2 ms  immediate  #2 again       by #1 lab.ts:2    0.10 ms
              ... 998 more like these 2, by turns, until 100.1 ms; they held the
                  loop for 99.8 ms"
  `);
  expect(rows(thousand('one').ended(), { isWhole: true }).split('\n')).toHaveLength(1_001);
});

test('so are microtasks in one turn', () => {
  const made = new MadeTrace();
  let next = 0;
  made.script(() => (next = made.put('microtask', 'await in count', { line: 2 })));
  for (let count = 0; count < 10; count++)
    made.run(next, () => (next = made.put('microtask', 'await in count', { line: 2 })));
  expect(rows(made.ended())).toMatchInlineSnapshot(`
    "0.0 ms  script     #0 lab.ts                             0.10 ms
            ~ await in count (line 2): suspended
    0.1 ms    microtask  #1 await in count   by #0 lab.ts:2  0.10 ms
              ~ await in count (line 2): suspended
              ... 9 more like this, they held the loop for 0.90 ms"
  `);
});

test('an async function is seen where it is suspended, and where it goes on', () => {
  const made = new MadeTrace();
  const tasks: number[] = [];
  made.script(() => {
    for (let count = 0; count < 2; count++) tasks.push(made.put('microtask', 'await in load', { line: 4 }));
    made.put('microtask', 'then: other', { line: 9 });
  });
  for (const task of tasks) made.run(task, () => {}, { line: 4 });
  expect(rows(made.ended())).toMatchInlineSnapshot(`
    "0.0 ms  script     #0 lab.ts                           0.10 ms
            ~ await in load (line 4): suspended, 2 times
    0.1 ms    microtask  #1 await in load  by #0 lab.ts:4  0.10 ms
    0.2 ms    microtask  #2 await in load  by #0 lab.ts:4  0.10 ms"
  `);
});

test('long output is cut, and none of it is obeyed', () => {
  const made = new MadeTrace();
  made.script(() => {
    made.print('\x1b[31mred\x1b[0m\ttab\n');
    for (let line = 0; line < 20; line++) made.print(`line ${line}\n`);
  });
  expect(rows(made.ended())).toMatchInlineSnapshot(`
    "0.0 ms  script     #0 lab.ts      0.10 ms
            | \\x1b[31mred\\x1b[0m  tab
            | line 0
            | line 1
            | line 2
            | line 3
            | line 4
            | line 5
            | line 6
            | (and 13 lines more)"
  `);
  expect(rows(made.ended(), { isWhole: true })).toContain('| line 19');
});

test('how it ended, what it said on standard error, what nobody saw', () => {
  const made = new MadeTrace();
  made.script(() => {});
  made.unseen.push('A thread was started (lab.ts:3): what runs in it is not shown.', 'A child process was started.');
  const run = made.ended({ kind: 'exit', code: 1 }, 'Error: \x07\n    at lab.ts:1\n');
  expect(drawn(run).split('\n\n').slice(2).join('\n\n')).toMatchInlineSnapshot(`
    "On standard error:
      Error: \\x07
          at lab.ts:1

    The program ended with exit code 1.

    What could not be seen:
    - A thread was started (lab.ts:3): what runs in it is not shown.
    - A child process was started."
  `);
  const ends = (['limit', 'output', 'abort'] as const).map((why) => drawn(made.ended({ kind: 'stopped', why })));
  expect(ends.map((text) => /\n(.* ended.*)\n/.exec(text)?.[1])).toMatchInlineSnapshot(`
    [
      "The program was ended: its time was up.",
      "The program was ended: it printed more than a trace holds.",
      "You ended the program.",
    ]
  `);
  expect(drawn(made.ended({ kind: 'signal', signal: 'SIGKILL' }))).toContain('The program was ended by SIGKILL.');
});

test.for([60, 76, 80, 100, 120, 200])(
  'no line is wider than %i columns, whatever a program calls its things',
  (columns) => {
    const made = new MadeTrace();
    const name = '\u5b57 very long \x1b[2J name\u202e '.repeat(8);
    let tick = 0;
    made.script(() => {
      tick = made.put('nextTick', name, { line: 123_456 });
      made.print(`${'x'.repeat(300)}\n`);
    });
    made.run(tick, () => made.wait(90_000), { line: 7 });
    made.unseen.push(`${name} was not seen`);
    const lines = drawn(made.ended({ kind: 'exit', code: 3 }, `${name}\n`), { columns }).split('\n');
    expect(Math.max(...lines.map(displayWidth))).toBeLessThanOrEqual(columns);
    expect(lines.join('')).not.toMatch(/[\p{Cc}\u202e]/u);
  },
);

test('a trace in which nothing was seen', () => {
  expect(drawn({ ...new MadeTrace().ended({ kind: 'exit', code: 1 }, 'SyntaxError\n') })).toMatchInlineSnapshot(`
    "Trace of lab.ts
    No callback of it was seen.

    On standard error:
      SyntaxError

    The program ended with exit code 1."
  `);
});

test('every element is in one stretch, and a stretch repeats what it begins with', () => {
  const keysOf = (text: string) => text.split('');
  const folded = (text: string) =>
    foldRepeats(keysOf(text), { longest: 4, least: 4 })
      .map(({ start, size, times }) => `${text.slice(start, start + size)}${times}`)
      .join(' ');
  expect(folded('')).toBe('');
  expect(folded('aaabbbbb')).toBe('a1 a1 a1 b5');
  expect(folded('xababababay')).toBe('x1 ab4 a1 y1');
  expect(folded('abcdabcdabcdabcde')).toBe('abcd4 e1');
});
