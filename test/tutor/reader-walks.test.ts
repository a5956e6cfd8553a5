// The reader without a terminal: whatever keys come, at any size, everything fits into the window, and nothing below a stop
// is shown before the stop was passed.
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { loadLessonBody } from '../../runner/course/lesson-body.ts';
import { languagesOf } from '../../runner/course/lesson-programs.ts';
import { loadLesson } from '../../runner/course/lesson.ts';
import { exploreAsyncFile, type ExploredTasks } from '../../runner/explorer/async/explore-async-file.ts';
import type { Tried } from '../../runner/explorer/real-threads/by-luck.ts';
import { loadCodeColours } from '../../runner/terminal/code-colours.ts';
import { plainStyle, styleFor } from '../../runner/terminal/style.ts';
import { displayWidth } from '../../runner/terminal/wrap.ts';
import type { Stepper } from '../../runner/tracer/stepper.ts';
import { bottomLines, viewOf } from '../../runner/tutor/reader-bottom.ts';
import { follow, type ReaderEvent, type Step } from '../../runner/tutor/reader-events.ts';
import { lineOf, spotOf } from '../../runner/tutor/reader-lines.ts';
import {
  startReading,
  type Activity,
  type Book,
  type Explored,
  type Reading,
  type Size,
} from '../../runner/tutor/reader-state.ts';
import { temporaryFolder } from '../course/course-fixture.ts';
import { everyPart, readingRoot } from '../course/reading-fixture.ts';
import { oneOfEach } from '../tracer/made-trace.ts';
import { explored } from '../explorer/explored.ts';
import { exploredRoot, readerRoot, stepperRoot } from './reader-fixture.ts';

const coloured = styleFor({ isTTY: true }, { TERM: 'xterm' });

async function bookOf(folderName: string, root: string, style = plainStyle): Promise<Book> {
  const lesson = loadLesson(folderName, root);
  const body = loadLessonBody(lesson);
  return { lesson, body, style, colourCode: await loadCodeColours(languagesOf(body), style), isTyped: false };
}

const nothing = { answers: new Map(), measured: new Map(), anchor: undefined };

function begin(book: Book, size: Size): Reading {
  return startReading(book, size, nothing);
}

function shown(book: Book, reading: Reading): string {
  return viewOf(book, reading).layout.lines.join('\n');
}

/** Presses keys, and lets what was started end at once. */
function press(book: Book, from: Reading, ...keys: string[]): Step {
  let step: Step = { reading: from };
  for (const key of keys) {
    step = follow(book, step.reading, { kind: 'key', key });
    const { activity } = step.reading;
    if (!activity) continue;
    step = { ...step, reading: follow(book, step.reading, endOf(activity)).reading };
  }
  return step;
}

function endOf(activity: Activity): ReaderEvent {
  switch (activity.kind) {
    case 'demo':
      return { kind: 'measured', name: activity.name, measurement: { numbers: {}, result } };
    case 'program':
      return { kind: 'ended', file: activity.file, ending: '' };
    case 'trace':
      return { kind: 'traced', file: activity.file, run: { output: 'seen\n', ending: '' }, stepper };
    case 'explore':
      return { kind: 'explored', file: activity.file, memory: activity.memory, found: foundIn(activity) };
    case 'luck':
      return { kind: 'tried', file: activity.file, memory: activity.memory, luck };
    case 'play':
      return { kind: 'played', file: activity.file, memory: activity.memory, isInterrupted: false };
  }
}

const snippets = join(exploredRoot, 'lessons/14-orders/snippets');
const tasks = join(snippets, 'tasks.ts');

/** By the names of the lesson's scenarios. */
const found: Readonly<Record<string, Explored['found']>> = {
  lost: await explored(join(snippets, 'lost.ts')),
  flags: await explored(join(snippets, 'flags.ts'), { memory: 'tso' }),
  many: await explored(join(snippets, 'many.ts'), { mostStates: 50 }),
  tasks: (await exploreAsyncFile(tasks, [tasks])) as ExploredTasks,
};

function foundIn({ file }: { readonly file: string }): Explored['found'] {
  const one = found[basename(file, '.ts')];
  if (!one) throw new Error(`nothing is known of ${file}`);
  return one;
}

const luck: Tried = { kind: 'tried', threads: 2, rounds: 17_737, hits: {}, isFresh: false, ms: 5_000 };

const stepper: Stepper = {
  run: oneOfEach().ended(),
  sources: new Map(),
  cwd: '/course',
  style: plainStyle,
  isTyped: false,
  exit: 'back to the lesson',
};

const result = {
  title: 'Measured by nobody',
  variants: [],
  ratios: [],
  verdicts: [],
  othersShare: undefined,
  pace: 'full',
  isStopped: false,
} as const;

const keyboard = [
  'space',
  'enter',
  'space',
  'p',
  'a',
  'b',
  'c',
  's',
  '1',
  '2',
  '3',
  'left',
  'right',
  '?',
  'x',
  'home',
  'end',
  'up',
];
const sizes = [
  { columns: 60, rows: 3 },
  { columns: 60, rows: 10 },
  { columns: 60, rows: 24 },
  { columns: 80, rows: 60 },
  { columns: 200, rows: 24 },
];

test.for(sizes)('any keys at $columns x $rows: all fits, and what a stop hides stays hidden', async (size) => {
  const books = [
    await bookOf('11-numbers', readerRoot),
    await bookOf(everyPart, readingRoot, coloured),
    await bookOf('13-queues', stepperRoot),
    await bookOf('14-orders', exploredRoot),
  ];
  for (const book of books) {
    let reading = begin(book, size);
    const pages = new Set<number>();
    // The numbers of a generator that is the same each time.
    for (let turn = 0, seed = size.columns + size.rows; turn < 300; turn++) {
      seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
      // Of a trace one has seen enough at some time.
      const key = reading.stepping && turn % 3 === 0 ? 'q' : (keyboard[(seed >> 8) % keyboard.length] ?? '');
      const { reading: next, wish } = press(book, reading, key);
      expect(wish?.kind === 'leave' ? wish.to : 'end').toBe('end');
      reading = next;
      pages.add(reading.page);
      const view = viewOf(book, reading);
      const bottom = bottomLines(book, reading, view);
      expect(view.height + bottom.length).toBe(size.rows);
      expect(Math.max(...view.layout.lines.map(displayWidth))).toBeLessThanOrEqual(size.columns);
      expect(Math.max(...bottom.map(displayWidth))).toBeLessThan(size.columns);
      expect(view.first + view.height).toBeLessThanOrEqual(Math.max(view.height, view.layout.lines.length));
      if (!reading.answers.has('order')) expect(shown(book, reading)).not.toContain('the last of these');
      const isPassed = reading.answers.has('next-number') || reading.skipped.size > 0;
      if (!isPassed) expect(shown(book, reading)).not.toContain('is a secret');
      if (!reading.answers.has('how-many')) expect(shown(book, reading)).not.toContain('There are 200');
      if (!reading.measured.has('counts') && reading.skipped.size === 0)
        expect(shown(book, reading)).not.toContain('known only now');
    }
    expect(pages.size).toBe(book.body.pages.length);
  }
});

test('of a program that is longer than the window, what it printed is shown', async () => {
  const book = await bookOf('13-queues', stepperRoot);
  const size = { columns: 80, rows: 7 };
  let reading = begin(book, size);
  while (viewOf(book, reading).stop?.kind !== 'question') reading = press(book, reading, 'space').reading;
  reading = press(book, reading, 'b', 'end').reading;
  expect(viewOf(book, reading).stop).toBeDefined();
  const back = press(book, reading, 'enter', 'q').reading;
  const { layout, first, height } = viewOf(book, back);
  const window = layout.lines.slice(first, first + height).join('\n');
  expect(window).toMatch(/^It printed:\n {3}seen\n/m);
});

test('a program is stepped through behind its prediction, and explained after that', async () => {
  const book = await bookOf('13-queues', stepperRoot);
  const asked = begin(book, { columns: 80, rows: 24 });
  const answered = press(book, asked, 'b').reading;
  expect(bottomLines(book, answered, viewOf(book, answered)).join('\n')).toContain('Enter step through   s skip');
  expect(press(book, answered, 'n').reading.remark).toBe('Enter steps through it first; s skips it.');
  const stepping = press(book, answered, 'enter').reading;
  expect(stepping.stepping?.standing.index).toBe(0);
  // Keys belong to the trace as long as it is there.
  expect(press(book, stepping, 'n', 'n', 'b').reading).toMatchObject({ page: 0, stepping: { standing: { index: 1 } } });
  expect(press(book, stepping, 'ctrl-c').wish).toEqual({ kind: 'leave', to: 'interrupted' });
  const back = press(book, stepping, 'n', 'q').reading;
  expect(back.stepping).toBeUndefined();
  expect(shown(book, back)).toMatch(
    /It printed:\n {3}seen\n\[1\] steps through it\.\n\nYou predicted b\)[^]*only then/,
  );
});

const large = { columns: 80, rows: 90 };

test('a scenario is explored behind its prediction, and explained after that; then there are luck and a game', async () => {
  const book = await bookOf('14-orders', exploredRoot);
  const answered = press(book, begin(book, large), 'a').reading;
  expect(shown(book, answered)).toMatch(/You chose a\.\n\nsnippets\/lost\.ts[^]*\nEnter explores it\. s skips it\.$/);
  expect(bottomLines(book, answered, viewOf(book, answered)).join('\n')).toContain('Enter explore   s skip');
  expect(press(book, answered, 'n').reading.remark).toBe('Enter explores it first; s skips it.');
  const explored = press(book, answered, 'enter').reading;
  expect(shown(book, explored)).toMatch(
    /The explorer says:\n\nWhen all threads[^]* 4  store counter\[0\]: 1 -> 1; ends[^]*\n\n\[1\] explores it again, \[2\] tries luck, \[3\] plays it\.\n\nYou predicted a\)[^]*only then/,
  );
  expect(shown(book, explored)).not.toContain('Again:');
  const keys = bottomLines(book, explored, viewOf(book, explored)).join('\n');
  expect(keys).toContain('1 explore   2 try luck   3 play');
  const tried = press(book, explored, '2').reading;
  expect(shown(book, tried)).toMatch(
    /By luck: 0 of 17,737 rounds\. Search finds it in \d+ states\.\n[^]*\[2\] tries luck again, \[3\] plays it\./,
  );
  const asked = follow(book, tried, { kind: 'key', key: '3' });
  expect(asked.wish).toMatchObject({
    kind: 'start',
    activity: { kind: 'play', file: 'lessons/14-orders/snippets/lost.ts' },
  });
  const game = { kind: 'played', file: 'lessons/14-orders/snippets/lost.ts', memory: 'sc' } as const;
  expect(follow(book, asked.reading, { ...game, isInterrupted: false })).toEqual({ reading: tried });
  expect(follow(book, asked.reading, { ...game, isInterrupted: true }).wish).toEqual({
    kind: 'leave',
    to: 'interrupted',
  });
  const problem = { message: 'It is gone.', next: 'Fetch it.' };
  expect(shown(book, follow(book, asked.reading, { ...game, isInterrupted: false, problem }).reading)).toMatch(
    /It is gone\.\nNext: Fetch it\.\n\n\[1\] explores it again/,
  );
  // Explored again, luck is to be tried anew.
  expect(shown(book, press(book, tried, '1').reading)).not.toContain('By luck');
});

test('tasks and proofs leave nothing to luck, and a game has no store buffers', async () => {
  const book = await bookOf('14-orders', exploredRoot);
  const first = press(book, begin(book, large), 's', 's', 'n').reading;
  const ofTasks = press(book, first, '1').reading;
  expect(shown(book, ofTasks)).toMatch(
    / 6 {2}write\(1\): done; ends[^]*\n\[1\] explores it again\.\n\nSo much for tasks\.$/,
  );
  const buffers = press(book, ofTasks, 'n').reading;
  expect(shown(book, buffers)).toMatch(/\[1\] explores it with store buffers\.$/);
  expect(shown(book, press(book, buffers, '1').reading)).toMatch(
    / on its way[^]*\[1\] explores it with store buffers again, \[2\] tries luck\.$/,
  );
  const passed = press(book, buffers, 'n', '1').reading;
  expect(shown(book, passed)).toMatch(/No failure found so far[^]*\n\n\[1\] explores it again\.$/);
});

test('what the explorer said to the author is not shown again below what it says here', async () => {
  const book = await bookOf('14-orders', exploredRoot);
  const before = press(book, begin(book, large), 's', 'n').reading;
  expect(shown(book, before)).toMatch(
    /\[1\] explores it\.\n\n {2}When all tasks have ended, as it was recorded\.\n\nSo much/,
  );
  const explored = press(book, before, '1').reading;
  expect(shown(book, explored)).toMatch(/The explorer says:\n\nWhen all tasks[^]*\[1\] explores it again\.\n\nSo much/);
  expect(shown(book, explored)).not.toContain('as it was recorded');
});

test('what a program printed for the author is not shown again below what it prints here', async () => {
  const root = temporaryFolder();
  cpSync(readerRoot, root, { recursive: true });
  const file = join(root, 'lessons/11-numbers/lesson.md');
  const program = /```ts snippets\/doubles\.ts run\n[^]*?```\n/;
  const recorded = '```text\nfor the author\n```\n\nSo much for that.\n';
  writeFileSync(
    file,
    readFileSync(file, 'utf8').replace(program, (block) => `${block}\n${recorded}`),
  );
  const book = await bookOf('11-numbers', root);
  const before = begin(book, large);
  expect(shown(book, before)).toMatch(/\[1\] runs it\.\n\n {2}for the author\n\nSo much/);
  const run = press(book, before, '1').reading;
  expect(shown(book, run)).toMatch(/\[1\] runs it again\.\n\nSo much/);
  // Whoever ended it has not seen all of it.
  const doubles = [...run.runs.keys()][0] ?? '';
  const stopped = follow(book, before, { kind: 'ended', file: doubles, ending: 'You ended it.' }).reading;
  expect(shown(book, stopped)).toContain('for the author');
});

test('an exploration is ended by Ctrl-C or Esc, and the page waits for it still', async () => {
  const book = await bookOf('14-orders', exploredRoot);
  const answered = press(book, begin(book, large), 'a').reading;
  const busy = follow(book, answered, { kind: 'key', key: 'enter' }).reading;
  expect(bottomLines(book, busy, viewOf(book, busy)).join('\n')).toContain('Ctrl-C or Esc ends it');
  for (const key of ['ctrl-c', 'escape']) {
    const stopping = follow(book, busy, { kind: 'key', key });
    expect(stopping.wish).toEqual({ kind: 'stop' });
    // Only who is in a hurry leaves.
    expect(follow(book, stopping.reading, { kind: 'key', key: 'escape' })).toEqual({ reading: stopping.reading });
    expect(follow(book, stopping.reading, { kind: 'key', key: 'ctrl-c' }).wish?.kind).toBe('leave');
    const file = 'lessons/14-orders/snippets/lost.ts';
    const { reading } = follow(book, stopping.reading, { kind: 'explored', file, memory: 'sc' });
    expect(reading).toMatchObject({ remark: 'You ended it.' });
    expect(shown(book, reading)).toMatch(/Enter explores it\. s skips it\.$/);
  }
});

test('a picture is drawn anew for another width', async () => {
  const book = await bookOf('14-orders', exploredRoot);
  const explored = press(book, begin(book, { columns: 60, rows: 90 }), 's', '1').reading;
  expect(shown(book, explored)).toMatch(/^ {5}\| 12 +const seen = Atomics\.load\(counter, 0\);$/m);
  const wide = follow(book, explored, { kind: 'resized', size: { columns: 120, rows: 24 } }).reading;
  expect(shown(book, wide)).toMatch(/^ {2}1 {2}load counter\[0\]: 0 +12 const seen = Atomics\.load\(counter, 0\);$/m);
});

test('what cannot be traced says so, and its page does not go on by itself', async () => {
  const book = await bookOf('13-queues', stepperRoot);
  const answered = press(book, begin(book, { columns: 80, rows: 24 }), 'b').reading;
  const started = follow(book, answered, { kind: 'key', key: 'enter' }).reading;
  const file = 'lessons/13-queues/snippets/order.cjs';
  const problem = { message: 'It is gone.', next: 'Fetch it.' };
  const failed = follow(book, started, { kind: 'traced', file, problem }).reading;
  expect(shown(book, failed)).toContain('It is gone.\nNext: Fetch it.\n\nEnter steps through it. s skips it.');
  const ran = follow(book, failed, {
    kind: 'traced',
    file,
    run: { output: 'no', ending: 'It ended with exit code 1.' },
  });
  expect(ran.reading.stepping).toBeUndefined();
  expect(shown(book, ran.reading)).toMatch(/It ended with exit code 1\.[^]*You predicted b\)/);
});

test('another width keeps the line at the top of the window', async () => {
  const book = await bookOf('11-numbers', readerRoot);
  const reading = press(book, begin(book, { columns: 80, rows: 24 }), 'space').reading;
  const top = (at: Reading): string => {
    const { layout, first } = viewOf(book, at);
    return layout.lines[first] ?? '';
  };
  const before = top(reading);
  expect(before).toBe('The same as a drawing:');
  for (const columns of [60, 200, 80]) {
    const resized = follow(book, reading, { kind: 'resized', size: { columns, rows: 24 } }).reading;
    expect(top(resized)).toBe(before);
  }
});

test('each line of a page is found again by its part', async () => {
  const book = await bookOf(everyPart, readingRoot);
  const { layout } = viewOf(book, begin(book, { columns: 60, rows: 24 }));
  for (let line = 0; line < layout.lines.length; line++) expect(lineOf(layout, spotOf(layout, line))).toBe(line);
});

test('a letter answers only what is in the window', async () => {
  const book = await bookOf('11-numbers', readerRoot);
  const start = begin(book, { columns: 80, rows: 24 });
  const early = press(book, start, 'b');
  expect(early.wish).toBeUndefined();
  expect(early.reading.remark).toBe('The question goes on below.');
  const answered = press(book, start, 'space', 'b');
  expect(answered.wish).toMatchObject({ kind: 'record', question: { name: 'next-number' }, choice: { isRight: true } });
});

test('a skipped question is no answer, and can be answered later', async () => {
  const book = await bookOf('11-numbers', readerRoot);
  const skipped = press(book, begin(book, { columns: 80, rows: 60 }), 's');
  expect(skipped.wish).toBeUndefined();
  expect(shown(book, skipped.reading)).toContain('is a secret');
  expect(shown(book, skipped.reading)).not.toContain('Eight and eight');
  const answered = press(book, skipped.reading, 'a');
  expect(answered.wish).toMatchObject({ kind: 'record', choice: { letter: 'a' } });
  expect(shown(book, answered.reading)).toMatch(
    /You chose a: not so\.\n {3}That adds two[^]*Right is b\.\n {3}Eight and/,
  );
  // What was committed to stays.
  expect(press(book, answered.reading, 'b').wish).toBeUndefined();
});

test('a program whose output is predicted is run, or skipped, before anybody says what is right', async () => {
  const root = temporaryFolder();
  cpSync(readerRoot, root, { recursive: true });
  const file = join(root, 'lessons/11-numbers/lesson.md');
  const text = readFileSync(file, 'utf8');
  const program = /```ts snippets\/doubles\.ts run\n[^]*?```\n/.exec(text)?.[0] ?? '';
  // The first question stands above it.
  writeFileSync(file, text.replace(program, '').replace('</details>\n', `</details>\n\n${program}`));
  const book = await bookOf('11-numbers', root);
  const size = { columns: 80, rows: 90 };
  const chosen = press(book, begin(book, size), 'a').reading;
  expect(shown(book, chosen)).toMatch(/You chose a\.\n\nsnippets\/doubles\.ts[^]*Enter runs it\. s skips it\.$/);
  expect(shown(book, chosen)).not.toMatch(/Eight and eight|is a secret/);
  expect(press(book, chosen, 'space').reading.remark).toBe('Enter runs it first; s skips it.');
  const told =
    /You predicted a\) 10 - not so\n {3}That adds two[^]*Right is b\) 16\n {3}Eight and eight[^]*is a secret/;
  for (const key of ['enter', 's', '1']) expect(shown(book, press(book, chosen, key).reading)).toMatch(told);
  // Without an answer there is nothing to wait for.
  expect(shown(book, press(book, begin(book, size), 's').reading)).toContain('is a secret');
  // Whoever left before the run is asked again; on a page that was left behind it was seen.
  const kept = { ...nothing, answers: new Map([['next-number', 'a']]) };
  expect(shown(book, startReading(book, size, kept))).toMatch(/Enter runs it\. s skips it\.$/);
  const later = startReading(book, size, { ...kept, anchor: book.body.pages[1]?.anchor });
  expect(shown(book, press(book, later, 'left').reading)).toMatch(told);
});

test('a prediction that a program has answered is not told again below the demo behind it', async () => {
  const root = temporaryFolder();
  cpSync(readerRoot, root, { recursive: true });
  const file = join(root, 'lessons/11-numbers/lesson.md');
  const text = readFileSync(file, 'utf8').replace('<!-- demo counts -->\n', '');
  const program = /```ts snippets\/doubles\.ts run\n[^]*?```\n/.exec(text)?.[0] ?? '';
  const after = `</details>\n\n${program}\n<!-- demo counts -->\n`;
  writeFileSync(file, text.replace(program, '').replace('</details>\n', after));
  const book = await bookOf('11-numbers', root);
  const page = press(book, begin(book, { columns: 80, rows: 90 }), 'a', 'enter', 'enter').reading;
  expect(page.measured.has('counts')).toBe(true);
  expect(shown(book, page).match(/You predicted|Right is/g)).toEqual(['You predicted', 'Right is']);
});

test('the answer to a question that has other choices now is none', async () => {
  const book = await bookOf('11-numbers', readerRoot);
  const kept = { ...nothing, answers: new Map([['next-number', 'f']]) };
  expect(shown(book, startReading(book, { columns: 80, rows: 24 }, kept))).not.toContain('is a secret');
});

test('a demo that fails says why and what next, and can be tried again or skipped', async () => {
  const book = await bookOf('11-numbers', readerRoot);
  const at = press(book, begin(book, { columns: 80, rows: 60 }), 's', 'space', 's').reading;
  const started = follow(book, at, { kind: 'key', key: 'enter' });
  expect(started.wish).toMatchObject({ kind: 'start', activity: { name: 'counts' } });
  const problem = { message: 'It got stuck.', next: 'Look at it.' };
  const failed = follow(book, started.reading, { kind: 'measured', name: 'counts', problem });
  expect(shown(book, failed.reading)).toMatch(
    /It got stuck\.\nNext: Look at it\.\n\nDemo 11\/counts\nEnter measures it/,
  );
  expect(follow(book, failed.reading, { kind: 'key', key: 'enter' }).wish?.kind).toBe('start');
  expect(shown(book, press(book, failed.reading, 's').reading)).toContain('known only now');
});

test('a demo that was stopped before anything was measured is still to be measured', async () => {
  const book = await bookOf('11-numbers', readerRoot);
  const at = press(book, begin(book, { columns: 80, rows: 60 }), 's', 'space', 's').reading;
  const started = follow(book, at, { kind: 'key', key: 'enter' }).reading;
  const stopping = follow(book, started, { kind: 'key', key: 'ctrl-c' });
  expect(stopping.wish).toEqual({ kind: 'stop' });
  const stopped = follow(book, stopping.reading, { kind: 'measured', name: 'counts' }).reading;
  expect(stopped.remark).toBe('It was stopped before anything was measured.');
  expect(shown(book, stopped)).toContain('Enter measures it');
  expect(shown(book, stopped)).not.toContain('known only now');
});

test('no key but Ctrl-C and Ctrl-D does anything while something runs', async () => {
  const book = await bookOf('11-numbers', readerRoot);
  const busy = follow(book, begin(book, { columns: 80, rows: 60 }), { kind: 'key', key: '1' }).reading;
  for (const key of [...keyboard, 'q', 'm', 'l', 'escape', 'paste'])
    expect(follow(book, busy, { kind: 'key', key })).toEqual({ reading: busy });
});
