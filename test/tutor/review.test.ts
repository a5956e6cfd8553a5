// Before another lesson begins: predictions that were wrong are asked again, in a real terminal.
import { expect, test } from 'vitest';
import { openProgress } from '../../runner/progress/progress.ts';
import type { RunnableCourse } from '../harness/course.ts';
import { keys, type Person } from '../harness/pty.ts';
import { leftBy, startTutor, type TutorWindow } from '../harness/tutor.ts';
import { courseToRead, walk } from './reader-fixture.ts';

const day = new Date(2026, 10, 21, 9, 40).getTime();

/** A learner who got both predictions of lesson 11 wrong, the one about a demo first. */
function courseOfAWrongLearner(): RunnableCourse {
  const course = courseToRead();
  let clock = day;
  const progress = openProgress({ INTERLEAVE_HOME: course.root }, () => clock++);
  progress.recordAnswer('11', 'how-many', { choice: 'a', isRight: false, isPrediction: true });
  progress.recordAnswer('11', 'next-number', { choice: 'c', isRight: false, isPrediction: true });
  progress.recordAnswer('11', 'gone-since', { choice: 'a', isRight: false, isPrediction: true });
  progress.recordPosition('11', 'twice');
  progress.close();
  return course;
}

function openPredictions({ root }: RunnableCourse): string[] {
  const progress = openProgress({ INTERLEAVE_HOME: root });
  const open = progress.wrongPredictions().map(({ question, choice }) => `${question} ${choice}`);
  progress.close();
  return open;
}

/** From the map into lesson 12, which is not the one that was read last. */
async function openWords(course: RunnableCourse, window: TutorWindow = {}): Promise<Person> {
  const person = startTutor(course, window);
  await person.sees('Enter, q quit');
  person.press('12');
  await person.sees('> 12  Words');
  person.press(keys.enter);
  return person;
}

test('the oldest comes first; answered right it is settled, wrong again it stays open, and then the lesson begins', async () => {
  const course = courseOfAWrongLearner();
  const person = await openWords(course, { rows: 40 });
  const asked = await person.sees('Now?');
  expect(asked).toMatch(
    /^Before lesson 12: 2 predictions to make again\n1 of 2, from lesson 11, "Numbers"\n\nThe demo on/,
  );
  expect(asked).toContain('How many times as many are there?\n\na) 3 times\nb) 10 times\n\n');
  expect(asked).toContain('On 2026-11-21 you said a, which was not so. Now?');
  expect(asked).toMatch(/\na b answer {3}s skip {3}q quit$/);
  expect(asked).not.toContain('There are 200');

  // Enter is no answer.
  person.press(keys.enter);
  person.press('b');
  const right = await person.sees('That one is settled.');
  expect(right).toContain('You chose b: right.\n   There are 200, and 20 of the others.');
  person.press(keys.enter);
  const second = await person.sees('2 of 2, from lesson 11');
  expect(second).toContain('console.log(number * 2)');
  expect(second).toContain('What comes after 8?');
  expect(second).toContain('you said c, which was not so. Now?');
  person.press('a');
  const wrong = await person.sees('It stays open');
  expect(wrong).toContain(
    'You chose a: not so.\n   That adds two, and does not double.\n\nRight is b.\n   Eight and eight.',
  );
  person.press(keys.enter);
  await person.sees(/^Lesson 12: Words/);
  expect(openPredictions(course)).toEqual(['gone-since a', 'next-number a']);

  // Never twice in a sitting, and never before the lesson that it belongs to.
  await walk(person, [
    ['m', 'The course:'],
    ['11', '> 11  Numbers'],
    [keys.enter, 'page 1 of 3'],
    ['m', 'The course:'],
    ['12', '> 12  Words'],
    [keys.enter, /^Lesson 12: Words/],
  ]);
  expect(person.all()).not.toContain('Before lesson 11');
  person.press('q');
  expect(await leftBy(person)).toMatchObject({ exitCode: 0, isAsBefore: true });

  // Another day it comes up again.
  const progress = openProgress({ INTERLEAVE_HOME: course.root });
  progress.recordPosition('11', 'twice');
  progress.close();
  const later = await openWords(course, { rows: 40 });
  expect(await later.sees('Now?')).toContain('Before lesson 12: a prediction to make again\nfrom lesson 11');
});

test('one key skips all of it; the lesson that was read last is gone on with at once', async () => {
  const course = courseOfAWrongLearner();
  const person = startTutor(course);
  await person.sees('Continue: lesson 11  Numbers');
  await person.sees('Enter, q quit');
  await walk(person, [
    ['0', '> Continue'],
    [keys.enter, 'page 1 of 3'],
    ['m', 'The course:'],
    ['12', '> 12  Words'],
    [keys.enter, 'Before lesson 12: 2 predictions'],
    ['s', /^Lesson 12: Words/],
    ['m', 'The course:'],
    ['11', '> 11  Numbers'],
    [keys.enter, 'page 1 of 3'],
    ['m', 'The course:'],
    ['12', '> 12  Words'],
    [keys.enter, /^Lesson 12: Words/],
  ]);
  expect(openPredictions(course)).toEqual(['how-many a', 'next-number c', 'gone-since a']);
});

test.each([
  ['q', 0],
  [keys.ctrlC, 130],
])('%j leaves the tutor and the terminal as it was, 60 columns wide', async (key, exitCode) => {
  const person = await openWords(courseOfAWrongLearner(), { columns: 60, rows: 12 });
  const screen = await person.sees('Before lesson 12');
  expect(Math.max(...screen.split('\n').map((line) => line.length))).toBeLessThanOrEqual(60);
  person.resize(100, 30);
  await person.sees('Now?');
  person.press(key);
  expect(await leftBy(person)).toMatchObject({ exitCode, isAsBefore: true });
});

test('in a small window it scrolls, and Enter or space goes on', async () => {
  const course = courseOfAWrongLearner();
  const person = await openWords(course, { columns: 60, rows: 10 });
  await person.sees('--- more below');
  person.press(' ');
  await person.sees('Now?');
  person.press('b');
  await person.sees('You chose b: right.');
  // One key at a time: a second one would go on in the next question, past its head.
  if (!person.screen().includes('That one is settled.')) person.press(keys.enter);
  await person.sees('That one is settled.');
  person.press(keys.enter);
  await person.sees('2 of 2');
});

test('TERM=dumb: it is printed, and letters are typed', async () => {
  const course = courseOfAWrongLearner();
  const person = startTutor(course, { env: { TERM: 'dumb', NO_COLOR: '1' }, rows: 60 });
  await person.sees('A number and Enter');
  person.press('12\r');
  await person.sees('s skip');
  person.press('b\r');
  await person.saw('That one is settled.');
  await person.sees('Enter next');
  person.press('\r');
  await person.saw('2 of 2, from lesson 11');
  await person.sees(/a b c answer[^]*\n>$/);
  person.press('s\r');
  await person.sees('A word is a word.');
  expect(person.raw).not.toContain('\x1b');
  expect(openPredictions(course)).toEqual(['next-number c', 'gone-since a']);
});
