// Stepping through a trace without a terminal: what each step shows, and whatever keys come, at any size, all of it fits.
import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { plainCode } from '../../runner/terminal/code-colours.ts';
import { plainStyle, styleFor } from '../../runner/terminal/style.ts';
import { displayWidth } from '../../runner/terminal/wrap.ts';
import { stepPicture } from '../../runner/tracer/step-picture.ts';
import { stepSentence } from '../../runner/tracer/step-words.ts';
import { firstStanding, stepOn, type Standing, type Stepper } from '../../runner/tracer/stepper.ts';
import type { TracedRun } from '../../runner/tracer/trace.ts';
import { file, MadeTrace, oneOfEach } from './made-trace.ts';

const program = `import { readFile } from 'node:fs';

setTimeout(tick, 10);
setImmediate(check);
readFile('answer', answer);
process.nextTick(first);
Promise.resolve().then(second);
console.log('script');

void load();

async function load() { // which is long enough to be cut in any window that is not very, very, very, very wide
  await answered;
  console.log('loaded');
}
`;

function stepperOf(run: TracedRun, style = plainStyle, isTyped = false): Stepper {
  const sources = new Map([[file, plainCode(program, 'ts')]]);
  return { run, sources, cwd: '/course', style, isTyped, exit: 'back to the lesson' };
}

function press(stepper: Stepper, ...keys: string[]): Standing {
  return keys.reduce((standing, key) => stepOn(stepper, standing, key).standing, firstStanding);
}

function screen(stepper: Stepper, standing: Standing, columns = 80, rows = 24): string {
  const { lines, bottom } = stepPicture(stepper, standing, { columns, rows });
  return [...lines, ...bottom].join('\n');
}

test('at 80 columns the queues stand below the source', () => {
  const stepper = stepperOf(oneOfEach().ended());
  expect(screen(stepper, press(stepper, 'down', 'down', 'b', 'b', 'b'))).toMatchInlineSnapshot(`
    "0.8 ms  lab.ts:6
    The stack is empty: the nextTick queue is emptied first. \`nextTick: first\`
    begins.
       3  setTimeout(tick, 10);
       4  setImmediate(check);
       5  readFile('answer', answer);
    >  6  process.nextTick(first);
       7  Promise.resolve().then(second);
       8  console.log('script');

      call stack  nextTick: first  lab.ts:6
    > nextTick    -
      microtasks  then: second
      timers      10.5 ms setTimeout 10 ms: tick
      poll        readFile: answer
      check       setImmediate: check
      close       -
      waiting     await in load (line 12)

    printed so far:
      script

    --- Trace, step 10 of 26 ------------------------------------------------------
    space on   b back   down up by callback   ? help   q back to the lesson"
  `);
});

test('at 60 columns too', () => {
  const stepper = stepperOf(oneOfEach().ended());
  expect(screen(stepper, press(stepper, 'down', 'down'), 60)).toMatchInlineSnapshot(`
    "0.9 ms  lab.ts:7
    The stack is empty, and no nextTick is waiting: the
    microtasks are next. \`then: second\` begins.

       5  readFile('answer', answer);
       6  process.nextTick(first);
    >  7  Promise.resolve().then(second);
       8  console.log('script');

      call stack  then: second  lab.ts:7
      nextTick    -
    > microtasks  -
      timers      10.5 ms setTimeout 10 ms: tick
      poll        readFile: answer
      check       setImmediate: check
      close       -
      waiting     await in load (line 12)

    printed so far:
      script
      first
    --- Trace, step 13 of 26 ----------------------------------
    space on   b back   down up by callback   ? help
    q back to the lesson"
  `);
});

test('at 120 columns they stand beside it', () => {
  const stepper = stepperOf(oneOfEach().ended());
  const standing = press(stepper, ...Array.from({ length: 6 }, () => 'space'));
  expect(screen(stepper, standing, 120, 30)).toMatchInlineSnapshot(`
    "0.7 ms  lab.ts:12
    \`await in load (line 12)\` waits for a promise that is not settled: it is in no queue yet.

       1  import { readFile } from 'node:fs';                        call stack  lab.ts  lab.ts:1
       2                                                             nextTick    nextTick: first
       3  setTimeout(tick, 10);                                      microtasks  then: second
       4  setImmediate(check);                                       timers      10.5 ms setTimeout 10 ms: tick
       5  readFile('answer', answer);                                poll        readFile: answer
       6  process.nextTick(first);                                   check       setImmediate: check
       7  Promise.resolve().then(second);                            close       -
       8  console.log('script');                                     waiting    +await in load (line 12)
       9
      10  void load();
      11
    > 12  async function load() { // which is long enough to b...
      13    await answered;
      14    console.log('loaded');
      15  }




    nothing printed yet





    --- Trace, step 7 of 26 ----------------------------------------------------------------
    space on   b back   down up by callback   ? help   q back to the lesson"
  `);
});

test('beside a program no line of which needs more than the queues can spare, none is cut', () => {
  const line = `console.log('${'x'.repeat(52)}');`;
  const stepper = { ...stepperOf(oneOfEach().ended()), sources: new Map([[file, plainCode(line, 'ts')]]) };
  const shown = screen(stepper, firstStanding, 120, 30);
  expect(shown).toContain(`> 1  ${line}    call stack  lab.ts`);
});

test('the marks of regions are not shown, and every line keeps its number', () => {
  const lines = ["const name = 'first';", '', '// #region both', 'first();', '// #endregion', 'last();'];
  const stepper = { ...stepperOf(oneOfEach().ended()), sources: new Map([[file, plainCode(lines.join('\n'), 'ts')]]) };
  const shown = screen(stepper, press(stepper, 'down'));
  expect(shown).toMatch(/^ {2}1 {2}const name.*\n {2}2 .*\n {2}4 {2}first\(\);.*\n> 6 {2}last\(\);/m);
  expect(shown).not.toContain('region');
});

test('each step has its sentence', () => {
  const { run } = stepperOf(oneOfEach().ended());
  const sentences = [...run.trace.steps.keys(), run.trace.steps.length].map((index) =>
    stepSentence(run, index, { style: plainStyle, cwd: '/course' })
      .map(({ text }) => text)
      .join(''),
  );
  expect(sentences).toMatchInlineSnapshot(`
    [
      "The main program is called first: \`lab.ts\` runs to its end before anything else can.",
      "\`setTimeout 10 ms: tick\` goes to the timers, due at 10.5 ms.",
      "\`setImmediate: check\` goes to check, where the loop comes by behind poll.",
      "\`readFile: answer\` is left to the system; the loop hears of it at poll.",
      "\`nextTick: first\` joins the end of the nextTick queue.",
      "\`then: second\` joins the end of the microtasks.",
      "\`await in load (line 12)\` waits for a promise that is not settled: it is in no queue yet.",
      "It prints, and goes on.",
      "\`lab.ts\` has returned. The stack is empty: the nextTick queue is next.",
      "The stack is empty: the nextTick queue is emptied first. \`nextTick: first\` begins.",
      "It prints, and goes on.",
      "\`nextTick: first\` has returned. The stack is empty: the microtasks are next.",
      "The stack is empty, and no nextTick is waiting: the microtasks are next. \`then: second\` begins.",
      "\`then: second\` has returned. Stack, nextTick and microtasks are empty: the loop goes on; what comes next is found at check.",
      "The loop is at check, behind poll: \`setImmediate: check\` begins.",
      "It prints, and goes on.",
      "\`setImmediate: check\` has returned. Stack, nextTick and microtasks are empty: the loop waits for 3.00 ms; what comes next is found at poll.",
      "The loop is at poll, and the system has something to report: \`readFile: answer\` begins.",
      "A promise is settled: \`await in load (line 12)\` has waited for it and joins the end of the microtasks.",
      "\`readFile: answer\` has returned. The stack is empty: the microtasks are next.",
      "The stack is empty, and no nextTick is waiting: the microtasks are next. \`await in load (line 12)\` goes on.",
      "It prints, and goes on.",
      "\`await in load (line 12)\` has returned. Stack, nextTick and microtasks are empty: the loop waits for 5.00 ms; what comes next is found at timers.",
      "The loop is at its timers. One is due: \`setTimeout 10 ms: tick\` begins.",
      "It prints, and goes on.",
      "\`setTimeout 10 ms: tick\` has returned. The stack is empty, and nothing else will run.",
      "The program ended with exit code 0.",
    ]
  `);
});

test('nextTick waits until the microtasks are empty, when one of them is being run or the program is a module', () => {
  const made = new MadeTrace();
  const tasks: number[] = [];
  made.script(() => {
    tasks.push(made.put('microtask', 'one'), made.put('microtask', 'two'), made.put('nextTick', 'tick'));
  });
  for (const task of tasks) made.run(task);
  const stepper = stepperOf(made.ended());
  const said = [1, 2, 3].map((count) => {
    const index = press(stepper, ...Array.from({ length: count }, () => 'down')).index;
    return stepSentence(stepper.run, index, stepper)
      .map(({ text }) => text)
      .join('');
  });
  expect(said).toMatchInlineSnapshot(`
    [
      "A module runs as a microtask itself, and nextTick waits until the microtasks are empty: \`one\` begins.",
      "Once begun, the microtasks are emptied before nextTick has its turn: \`two\` begins.",
      "The microtasks are empty, so the nextTick queue has its turn again: \`tick\` begins.",
    ]
  `);
});

test('keys', () => {
  const stepper = stepperOf(oneOfEach().ended());
  const { length } = stepper.run.trace.steps;
  const at = (...keys: string[]): number => press(stepper, ...keys).index;
  expect([at('space'), at('right', 'n'), at('space', 'space', 'left', 'b')]).toEqual([1, 2, 0]);
  expect([at('b'), at('end'), at('end', 'n'), at('end', 'home'), at('e', 'g')]).toEqual([0, length, length, 0, 0]);
  const begins = [...stepper.run.trace.steps.entries()]
    .filter(([, { kind }]) => kind === 'begin')
    .map(([index]) => index);
  expect(begins.slice(1).map((_, count) => at(...Array.from({ length: count + 1 }, () => 'down')))).toEqual(
    begins.slice(1),
  );
  expect([at('end', 'up'), at('down', 'space', 'up'), at('up')]).toEqual([begins.at(-1), begins[1], 0]);
  expect(at('end', 'down')).toBe(length);
  expect(press(stepper, 'N', 'x')).toEqual({
    index: 1,
    isHelpShown: false,
    remark: expect.stringContaining('nothing here'),
  });
  expect(press(stepper, '?')).toMatchObject({ isHelpShown: true });
  expect(press(stepper, '?', 'n')).toMatchObject({ isHelpShown: false, index: 0 });
  expect(['q', 'escape', 'ctrl-c', 'ctrl-d'].map((key) => stepOn(stepper, firstStanding, key).end)).toEqual([
    'back',
    'back',
    'interrupted',
    'interrupted',
  ]);
});

test('a program that was ended while a callback ran: which one it was', () => {
  const made = new MadeTrace();
  made.script(() => made.print('in\n'));
  const { trace } = made.ended();
  const isRunning = trace.steps.filter(({ kind }) => kind !== 'end');
  const run = { ...made.ended({ kind: 'stopped', why: 'abort' }), trace: { ...trace, steps: isRunning } };
  const stepper = stepperOf(run);
  expect(screen(stepper, press(stepper, 'end'))).toContain('You ended the program. `lab.ts` had not returned.');
  const left = stepperOf({ ...run, ending: { kind: 'exit', code: 0 } });
  expect(screen(left, press(left, 'end'))).not.toContain('had not returned');
});

test('where more was printed than there is room for, it says so', () => {
  const made = new MadeTrace();
  made.script(() => ['1', '2', '3'].forEach((line) => made.print(`${line}\n`)));
  const stepper = stepperOf(made.ended());
  expect(screen(stepper, press(stepper, 'end'))).toMatch(/printed so far, the end of it:\n {2}2\n {2}3/);
  expect(screen(stepper, press(stepper, 'end'), 80, 40)).toMatch(/printed so far:\n {2}1\n {2}2\n {2}3/);
});

test.for([60, 80])(
  'the help fits into %i columns and 24 rows, with the queues that a beginner has not met',
  (columns) => {
    const stepper = stepperOf(oneOfEach().ended());
    const { lines, height } = stepPicture(stepper, press(stepper, '?'), { columns, rows: 24 });
    expect(lines.length).toBeLessThanOrEqual(height);
    expect(lines.join('\n')).toMatch(/check +setImmediate\n/);
  },
);

test('in the end stands what nobody saw, and what went wrong', () => {
  const made = new MadeTrace();
  made.script(() => {});
  made.unseen.push('Threads that the program started.');
  const stepper = stepperOf(made.ended({ kind: 'exit', code: 1 }, 'Error: no\n'));
  const end = screen(stepper, press(stepper, 'end'));
  expect(end).toContain('The program ended with exit code 1.');
  expect(end).toMatch(/standard error:\n {2}Error: no\nWhat could not be seen:\n- Threads that the program started\./);
});

test('a trace without steps, of a program whose source is gone', () => {
  const run = new MadeTrace().ended({ kind: 'exit', code: 1 });
  const stepper = { ...stepperOf(run), sources: new Map() };
  expect(screen(stepper, press(stepper, 'n', 'b', 'up', 'down'))).toMatch(/exit code 1\.[^]*its source is not here/);
});

/** Whatever a program calls its things. */
function hostile(): TracedRun {
  const made = new MadeTrace();
  const name = '\u5b57 very long \x1b[2J name\u202e '.repeat(8);
  const tasks: number[] = [];
  made.script(() => {
    for (let count = 0; count < 30; count++) {
      tasks.push(made.put('nextTick', `${name}${count}`, { line: 999 }));
      made.put('timer', name, { line: 3, dueMs: count * 1_000 });
      made.put('process', name);
      made.print(`${name}\r\n${'x'.repeat(200)}`, count);
    }
  });
  for (const task of tasks) made.run(task, () => made.print('\ttab\n'), { line: 2 });
  made.unseen.push(name);
  return made.ended({ kind: 'exit', code: 1 }, `${name}\n`.repeat(40));
}

const keyboard = ['space', 'b', 'down', 'up', 'end', 'home', '?', 'x', 'space', 'down', 'paste', 'enter'];
const sizes = [
  { columns: 60, rows: 3 },
  { columns: 60, rows: 10 },
  { columns: 60, rows: 24 },
  { columns: 77, rows: 12 },
  { columns: 80, rows: 24 },
  { columns: 200, rows: 60 },
];

test.for(sizes)('any keys at $columns x $rows: all fits, and nothing is obeyed', (size) => {
  for (const run of [oneOfEach().ended(), hostile()]) {
    const stepper = stepperOf(run, styleFor({ isTTY: true }, { TERM: 'xterm' }));
    let standing = firstStanding;
    // The numbers of a generator that is the same each time.
    for (let turn = 0, seed = size.columns + size.rows; turn < 60; turn++) {
      seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
      standing = stepOn(stepper, standing, keyboard[(seed >> 8) % keyboard.length] ?? '').standing;
      const { lines, height, bottom } = stepPicture(stepper, standing, size);
      expect(height + bottom.length).toBe(size.rows);
      expect(standing.isHelpShown ? 0 : lines.length).toBeLessThanOrEqual(height);
      expect(Math.max(...[...lines, ...bottom].map(displayWidth))).toBeLessThan(size.columns);
      expect(stripVTControlCharacters(lines.join(''))).not.toMatch(/[\p{Cc}\u202e]/u);
    }
  }
});
