// A scenario in a lesson, in a real terminal: somebody predicts, has it explored, tries luck, plays it, and goes on.
import { expect, test } from 'vitest';
import { processesLeft } from '../harness/processes.ts';
import { keys } from '../harness/pty.ts';
import { leftBy } from '../harness/tutor.ts';
import { courseToRead, exploredRoot, openLesson, walk } from './reader-fixture.ts';

const title = '14  Orders';
const onLinux = process.platform === 'linux';

test('predicted, explored, resized, left to luck, played; then the lesson goes on', async () => {
  const course = courseToRead(exploredRoot);
  const person = await openLesson(course, { rows: 40 }, title);
  await person.sees('a or b answer');
  await walk(person, [
    ['a', 'Enter explore   s skip'],
    [' ', 'Enter explores it first; s skips it.'],
  ]);
  expect(person.screen()).not.toMatch(/The explorer says|Both load|only then/);
  person.press(keys.enter);
  const found = await person.sees('[1] explores it again, [2] tries luck, [3] plays it.');
  expect(found).toMatch(/The explorer says:\n\nWhen all threads have ended: final returned false\./);
  expect(found).toMatch(/^ {2}1 {2}load counter\[0\]: 0\n {5}\| 12 const seen = Atomics\.load\(counter, 0\);$/m);
  expect(found).toMatch(/You predicted a\).* - not so\n[^]*Right is b\)[^]*Both load/);
  person.resize(60, 40);
  await person.sees(/^preemptions, and none with as few has fewer steps\. Found in$/m);
  person.resize(100, 40);
  await person.sees(/^ {2}1 {2}load counter\[0\]: 0 +12 .*Atomics\.load/m);
  await walk(person, [
    ['2', 'Ctrl-C or Esc ends it'],
    [keys.escape, 'You ended it.'],
  ]);
  expect(person.screen()).not.toContain('By luck');
  await walk(person, [
    ['2', /By luck: [\d,]+ of [\d,]+ rounds?\. Search finds it in 13 states\./],
    ['3', 'Whose turn is it?'],
    ['0', /^ {2}1 {2}load counter\[0\]: 0/m],
  ]);
  // The reader is not seen as long as somebody plays, whatever becomes of the window.
  person.resize(70, 40);
  await person.sees(/Whose turn is it\? -+\n/);
  expect(person.screen()).not.toContain('The explorer says');
  await walk(person, [
    ['q', /Lesson 14, page 1 of 4/],
    ['n', 'page 2 of 4'],
    ['1', /^ {2}6 {2}write\(1\): done; ends/m],
    ['q', /ended with 0/],
  ]);
  expect(await leftBy(person)).toMatchObject({ exitCode: 0, isAsBefore: true });
  if (onLinux) expect(await processesLeft(course.tmp)).toEqual([]);
});

test('a search without end, and a game, are left by Ctrl-C, and nothing stays behind', async () => {
  const course = courseToRead(exploredRoot);
  const person = await openLesson(course, { rows: 40 }, title);
  await person.sees('s skip');
  await walk(person, [
    ['s', 'This is said only then.'],
    ['n', 'page 2 of 4'],
    ['n', 'page 3 of 4'],
    ['n', 'page 4 of 4'],
    ['1', /Exploring many\.ts: [\d,]+ states/],
    [keys.ctrlC, 'You ended it.'],
    ['1', 'Exploring many.ts'],
    [keys.escape, 'You ended it.'],
    [keys.left, 'page 3 of 4'],
    [keys.left, 'page 2 of 4'],
    [keys.left, 'page 1 of 4'],
    [' ', '[1] explores it.'],
    ['1', '[3] plays it.'],
    ['3', 'Whose turn is it?'],
    ['0', /^ {2}1 {2}load counter\[0\]: 0/m],
    ['?', 'Esc and Ctrl-C do it, too'],
    [keys.ctrlC, /Lesson 14, page 1 of 4/],
  ]);
  expect(person.screen()).toContain('[3] plays it.');
  await walk(person, [
    ['3', 'Whose turn is it?'],
    [keys.ctrlD, /ended with \d+/],
  ]);
  expect(await leftBy(person)).toMatchObject({ isAsBefore: true });
  if (onLinux) expect(await processesLeft(course.tmp)).toEqual([]);
});

test('on a terminal that cannot move its cursor what is found is printed, and a game is typed', async () => {
  const course = courseToRead(exploredRoot);
  const person = await openLesson(course, { env: { TERM: 'dumb' } }, title);
  await walk(person, [
    ['\r', /answer[^]*>$/],
    ['b\r', 'Enter explore   s skip'],
    ['\r', /4 {2}store counter\[0\]: 1 -> 1; ends[^]*>$/],
    ['3\r', /Whose turn is it\?[^]*>$/],
    ['0\r', /1 {2}load counter\[0\]: 0[^]*>$/],
    ['q\r', /Lesson 14, page 1 of 4[^]*>$/],
  ]);
  expect(person.raw).not.toContain('\x1b[');
});
