import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { labsOf, loadCourse } from '../../runner/course/course.ts';
import { labPath, solutionFolder, supportFiles } from '../../runner/course/lab.ts';
import { lessonText, makeCourse } from './course-fixture.ts';

test('finds lessons in order, each with its labs and demos, by looking at the folders', () => {
  const course = loadCourse(makeCourse());
  expect(
    course.lessons.map(({ id, name, title, isWritten, ledger, ledgerLine, minutes, demos, labs }) => ({
      id,
      name,
      title,
      isWritten,
      ledger,
      ledgerLine,
      minutes,
      demos: demos.map((demo) => demo.id),
      labs: labs.map(labPath),
    })),
  ).toEqual([
    {
      id: '04',
      name: 'event-loop',
      title: 'The loop',
      isWritten: true,
      ledger: ['C24', 'C25'],
      ledgerLine: 5,
      minutes: 40,
      demos: ['04/late-timer'],
      labs: ['04-event-loop/1-order'],
    },
    {
      id: '14',
      name: 'race-conditions',
      title: 'Races',
      isWritten: true,
      ledger: ['C14', 'F13'],
      ledgerLine: 5,
      minutes: 40,
      demos: ['14/lost-updates'],
      labs: ['14-race-conditions/1-lost-updates', '14-race-conditions/2-deposit'],
    },
    {
      id: '15',
      name: 'locks',
      title: 'Locks',
      isWritten: false,
      ledger: ['C53'],
      ledgerLine: 5,
      minutes: 40,
      demos: [],
      labs: [],
    },
  ]);
});

test('a lab knows its solution beside it, and the files that go with the learner’s', () => {
  const root = makeCourse();
  const lab = labsOf(loadCourse(root)).find(({ id }) => id === '14.1');
  expect(lab && solutionFolder(lab)).toBe(join(root, 'solutions/14-race-conditions/1-lost-updates'));
  expect(lab && supportFiles(lab)).toEqual(['driver.ts']);
});

test.each([
  [{ 'lessons/15-locks/lesson.md': 'no front matter' }, 'lessons/15-locks/lesson.md:1: expected "---"'],
  [
    {
      'lessons/15-locks/lesson.md': lessonText({ title: 'Locks', ledger: 'C53' }).replace(
        'minutes: 40',
        'minutes: soon',
      ),
    },
    'lessons/15-locks/lesson.md:4: "minutes" is a whole number',
  ],
  [
    { 'lessons/15-locks/lesson.md': lessonText({ title: 'Locks', ledger: 'C53' }).replace('promise', 'promises') },
    'lessons/15-locks/lesson.md:3: "promises" is not known here',
  ],
  [
    { 'lessons/15-locks/lesson.md': '---\ntitle: Locks\npromise: Yes\nminutes: 40\n---\n' },
    'lessons/15-locks/lesson.md:1: "ledger" is missing',
  ],
  [
    { 'lessons/15-locks/lesson.md': '---\ntitle: Locks\npromise: Yes\nminutes: 40\nledger: C53\n---\n' },
    'lessons/15-locks/lesson.md:5: "ledger" is a list',
  ],
  [
    { 'lessons/15-more/lesson.md': lessonText({ title: 'More', ledger: '' }) },
    '15-locks and 15-more have the same number',
  ],
  [{ 'lessons/locks/lesson.md': '' }, "lessons/locks: a lesson's folder is named NN-name"],
  [{ 'lessons/15-locks/demos/Mutex.ts': '' }, 'lessons/15-locks/demos/Mutex.ts: a demo'],
  [{ 'labs/16-none/1-a/lab.json': '{}' }, 'labs/16-none belongs to no lesson'],
  [
    { 'labs/04-event-loop/1-again/lab.json': '{"title": "x", "files": ["lab.ts"], "tests": {"t": 1}}' },
    'the same number',
  ],
  [{ 'labs/04-event-loop/2-more/lab.json': '{' }, 'lab.json'],
])('refuses wrong content: %j', (changes, message) => {
  const root = makeCourse(changes);
  expect(() => loadCourse(root)).toThrow(message);
});

test('a lesson without lesson.md is named', () => {
  const root = makeCourse();
  rmSync(join(root, 'lessons/15-locks/lesson.md'));
  expect(() => loadCourse(root)).toThrow('lessons/15-locks/lesson.md cannot be read (ENOENT)');
});
