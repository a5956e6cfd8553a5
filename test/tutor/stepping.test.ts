// A trace in a lesson, in a real terminal: somebody predicts, steps through what happened, forward and back, and goes on.
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import type { RunnableCourse } from '../harness/course.ts';
import { processesLeft } from '../harness/processes.ts';
import { keys } from '../harness/pty.ts';
import { leftBy } from '../harness/tutor.ts';
import { courseToRead, openLesson, stepperRoot, walk } from './reader-fixture.ts';

const title = '13  Queues';
const onLinux = process.platform === 'linux';

/** The program without an end says so by a file. */
async function hasBegun({ tmp }: RunnableCourse): Promise<void> {
  const sign = join(tmp, 'begun');
  await vi.waitUntil(() => existsSync(sign), { timeout: 45_000 });
  rmSync(sign);
}

test('behind a prediction: forward, back, another size, and the comparison', async () => {
  const course = courseToRead(stepperRoot);
  const person = await openLesson(course, {}, title);
  await walk(person, [
    ['b', 'Enter steps through it. s skips it.'],
    [' ', 'Enter steps through it first; s skips it.'],
  ]);
  expect(person.screen()).not.toMatch(/only then|the last of these/);
  person.press(keys.enter);
  const first = await person.sees('step 1 of');
  expect(first).toContain('The main program is called first: order.cjs runs to its end');
  expect(first).toMatch(/^> 1 {2}setTimeout[^]*^ {2}call stack {2}order\.cjs/m);
  await walk(person, [
    [' ', /setTimeout 5 ms.* goes to the timers, due at/],
    [' ', /joins the end of the microtasks\./],
    [' ', /joins the end of the nextTick queue\./],
  ]);
  expect(person.screen()).toMatch(/^> 3 {2}process\.nextTick/m);
  expect(person.screen()).toMatch(/ nextTick +\+nextTick \(line 3\)$/m);
  expect(person.screen()).toContain('nothing printed yet');
  await walk(person, [
    ['b', /joins the end of the microtasks\./],
    [keys.down, /the nextTick queue is emptied first\./],
    ['j', /no nextTick is waiting: the microtasks are next\./],
    [keys.up, /the nextTick queue is emptied first\./],
    ['?', 'any key back to the trace'],
    ['x', /the nextTick queue is emptied first\./],
  ]);
  expect(person.screen()).toMatch(/printed so far:\n {2}script/);
  person.resize(60, 24);
  // The keys take two lines then.
  const narrow = await person.sees(/^q back to the lesson/m);
  expect(narrow).toMatch(/^> 3 {2}process\.nextTick\(\(\) => console\.log\('nextTick'\)\);/m);
  expect(narrow).toMatch(/^> nextTick +-$/m);
  person.resize(120, 40);
  await person.sees(/^> 3 {2}process.* {10,}microtasks {2}then/m);
  await walk(person, [
    ['e', 'The program ended with exit code 0.'],
    ['n', 'This is where it ended; q or Esc goes back.'],
  ]);
  person.press('q');
  const page = await person.sees('This is said only then.');
  expect(page).toContain('It printed:\n   script\n   nextTick\n   microtask\n   timer');
  expect(page).toMatch(/You predicted b\).* - not so\n[^]*Right is a\)/);
  await walk(person, [
    ['1', 'step 1 of'],
    [keys.escape, 'This is said only then.'],
    ['q', /ended with 0/],
  ]);
  expect(await leftBy(person)).toMatchObject({ exitCode: 0, isAsBefore: true });
});

test('Ctrl-C ends a program that does not end, and what was seen is stepped through', async () => {
  const course = courseToRead(stepperRoot);
  const person = await openLesson(course, {}, title);
  await walk(person, [
    ['s', 'Skipped'],
    ['n', 'page 2 of 2'],
  ]);
  expect(person.screen()).toContain('[1] runs it, [2] steps through it.');
  await walk(person, [['2', 'and watching its event loop']]);
  await hasBegun(course);
  await walk(person, [
    [keys.ctrlC, 'step 1 of'],
    ['e', 'You ended the program.'],
    ['q', 'You ended it.'],
  ]);
  expect(person.screen()).toContain('[1] runs it again, [2] steps through it.');
  await walk(person, [['2', 'and watching its event loop']]);
  await hasBegun(course);
  await walk(person, [
    [keys.ctrlC, 'step 1 of'],
    [keys.ctrlC, /ended with \d+/],
  ]);
  expect(await leftBy(person)).toMatchObject({ isAsBefore: true });
  if (onLinux) expect(await processesLeft(course.tmp)).toEqual([]);
});

test('on a terminal that cannot move its cursor each step is printed', async () => {
  const course = courseToRead(stepperRoot);
  const person = await openLesson(course, { env: { TERM: 'dumb' } }, title);
  await walk(person, [
    ['a\r', 'Enter step through'],
    ['\r', /step 1 of[^]*>$/],
    ['\r', /goes to the timers[^]*step 2 of[^]*>$/],
    ['b\r', /called first[^]*step 1 of[^]*>$/],
    ['q\r', 'You predicted a)'],
    ['\r', 'This is said only then.'],
  ]);
  expect(person.raw).not.toContain('\x1b[');
});
