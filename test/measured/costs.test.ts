// The learner's own numbers: from what demos keep to the page.
import { expect, test } from 'vitest';
import type { Lesson } from '../../runner/course/lesson.ts';
import { costLines } from '../../runner/measured/cost-lines.ts';
import { costsOf } from '../../runner/measured/costs.ts';
import type { DemoReport } from '../../runner/measured/kept-report.ts';
import { plainStyle } from '../../runner/terminal/style.ts';
import { displayWidth } from '../../runner/terminal/wrap.ts';
import { makeDemo } from '../../runner/timing/demo.ts';

const at = new Date(2026, 10, 21, 9, 40).getTime();
const check = () => true;

const locks = {
  demo: { id: '15/lock', name: 'lock', file: '/lock.ts' },
  plan: makeDemo({
    title: 'Locks',
    variants: { 'a million': () => 0, waiting: { run: () => 0, unit: 'KB' } },
    check,
    keeps: {
      'a lock that is free': { variant: 'a million', per: 1_000_000 },
      'memory of a task': { variant: 'waiting' },
    },
  }).plan,
};
const threads = {
  demo: { id: '11/thread', name: 'thread', file: '/thread.ts' },
  plan: makeDemo({
    title: 'Threads',
    variants: { 'start and end': () => 0, other: () => 0 },
    check,
    keeps: { 'a thread, start to end': { variant: 'start and end' } },
  }).plan,
};
const lessons = [
  { id: '11', title: 'Threads', demos: [threads.demo] },
  { id: '15', title: 'Locks', demos: [locks.demo] },
] as unknown as readonly Lesson[];

const processes = {
  demo: { id: '12/process', name: 'process', file: '/process.ts' },
  plan: makeDemo({
    title: 'Processes',
    variants: { process: () => 0, thread: () => 0 },
    check,
    keeps: { 'a process, start to end': { variant: 'process' }, 'a thread, start to end': { variant: 'thread' } },
  }).plan,
};

test.each([
  ['the later one', { '11/thread': 1, '12/process': 2 }, '12/process'],
  ['also where that is the earlier lesson', { '11/thread': 2, '12/process': 1 }, '11/thread'],
  ['the only one that was measured', { '12/process': 1 }, '12/process'],
  ['the first one where none was', {}, '11/thread'],
])('of a thing that two demos measure, one is told: %s', (_, moments, told) => {
  const both = [lessons[0], { id: '12', title: 'Processes', demos: [processes.demo] }] as unknown as readonly Lesson[];
  const measured = report(['start and end', 'ms', 1], ['process', 'ms', 3], ['thread', 'ms', 2]);
  const costs = costsOf([threads, processes], both, (id) => {
    const moment = (moments as Record<string, number>)[id];
    return moment === undefined ? undefined : { ...measured, at: moment };
  });
  expect(costs.map(({ thing, demo }) => [thing, demo])).toEqual([
    ['a thread, start to end', told],
    ['a process, start to end', '12/process'],
  ]);
});

function report(...variants: readonly (readonly [name: string, unit: string, median: number])[]) {
  const measured = variants.map(([name, unit, median]) => ({
    name,
    unit,
    median,
    low: median * 0.9,
    high: median * 1.1,
  }));
  return { at, report: { pace: 'full', variants: measured } as unknown as DemoReport };
}

const ofLocks = report(['a million', 'ms', 5], ['waiting', 'KB', 0.56]);

test('what is kept is for one thing, memory in bytes, in the order of the lessons', () => {
  const costs = costsOf([locks, threads], lessons, (id) => (id === '15/lock' ? ofLocks : undefined));
  const [thread, lock, task] = costs;
  expect(costs).toHaveLength(3);
  expect(thread).toEqual({
    thing: 'a thread, start to end',
    demo: '11/thread',
    lesson: { id: '11', title: 'Threads' },
    measured: null,
  });
  expect(lock).toMatchObject({ thing: 'a lock that is free', measured: { unit: 'ms', at, pace: 'full' } });
  expect(lock?.measured?.median).toBeCloseTo(5e-6, 12);
  expect(lock?.measured?.high).toBeCloseTo(5.5e-6, 12);
  expect(task?.measured).toMatchObject({ unit: 'bytes' });
  expect(task?.measured?.median).toBeCloseTo(560, 6);
});

test('a report without the variant, of a demo that was another one then, has not measured it', () => {
  const costs = costsOf([threads], lessons, () => report(['other', 'ms', 3]));
  expect(costs.map(({ measured }) => measured)).toEqual([null]);
});

const some = costsOf([locks, threads], lessons, (id) => (id === '15/lock' ? ofLocks : undefined));

test('a table where it fits, and what is open with the demo that measures it', () => {
  expect(costLines(some, '2 cores, Linux, Node 24.21', 80, plainStyle).join('\n')).toMatchInlineSnapshot(`
    "What you have measured so far

    What one thing costs on this machine (2 cores, Linux, Node 24.21), each as it
    was measured last.

                          median    95 % interval  lesson    measured
    a lock that is free  5.00 ns  4.50 to 5.50 ns      15  2026-11-21
    memory of a task       560 B     504 to 616 B      15  2026-11-21

    Not measured on this machine yet:
      a thread, start to end.
        npx interleave demo 11/thread"
  `);
});

test('in a narrow window each thing has two lines', () => {
  expect(costLines(some, '2 cores, Linux, Node 24.21', 60, plainStyle).join('\n')).toMatchInlineSnapshot(`
    "What you have measured so far

    What one thing costs on this machine (2 cores, Linux, Node
    24.21), each as it was measured last.

    a lock that is free
        5.00 ns (4.50 to 5.50 ns), lesson 15, 2026-11-21
    memory of a task
        560 B (504 to 616 B), lesson 15, 2026-11-21

    Not measured on this machine yet:
      a thread, start to end.
        npx interleave demo 11/thread"
  `);
});

test.each([60, 80, 200])('nothing is wider than a terminal of %i columns', (columns) => {
  const lines = costLines(some, '128 cores, Windows, Node 26.10', columns, plainStyle);
  expect(Math.max(...lines.map(displayWidth))).toBeLessThanOrEqual(columns);
});

test('a course without such demos, and a learner without any numbers', () => {
  expect(costLines([], 'm', 80, plainStyle)).toContain('No demo of this course measures what one thing costs.');
  const none = costLines(
    costsOf([threads], lessons, () => undefined),
    'm',
    80,
    plainStyle,
  );
  expect(none.join('\n')).toMatch(
    /Nothing yet\..*\n\nNot measured.*:\n {2}a thread, start to end\.\n {4}npx interleave demo 11\/thread$/s,
  );
});
