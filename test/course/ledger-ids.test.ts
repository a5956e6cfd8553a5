import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadCourse } from '../../runner/course/course.ts';
import { allLedgerIds, checkLedger } from '../../runner/course/ledger-ids.ts';
import { courseRoot } from '../../runner/course/paths.ts';
import { lessonText, makeCourse } from './course-fixture.ts';

const ledgerFile = join(courseRoot, '../shared/ledger.md');

test('the course teaches each id of the ledger in exactly one lesson', () => {
  expect(checkLedger(loadCourse())).toEqual([]);
});

test('an unknown id, one in two lessons and one in none are found, with file and line', () => {
  const course = loadCourse(
    makeCourse({
      'lessons/15-locks/lesson.md': lessonText({ title: 'Locks', ledger: 'C53, C97, C24, Z01, C53, C1' }),
    }),
  );
  const problems = checkLedger(course);
  const here = { file: 'lessons/15-locks/lesson.md', line: 5 };
  expect(problems.slice(0, 5)).toEqual([
    { ...here, message: 'the ledger has no C97' },
    { ...here, message: 'C24 is taught in lessons/04-event-loop/lesson.md:5 already' },
    { ...here, message: 'the ledger has no Z01' },
    { ...here, message: 'C53 stands twice in this lesson' },
    { ...here, message: 'the ledger has no C1' },
  ]);
  const taught = ['C14', 'C24', 'C25', 'C53', 'F13'];
  expect(problems.slice(5).map(({ message }) => message)).toEqual(
    allLedgerIds()
      .filter((id) => !taught.includes(id))
      .map((id) => `no lesson teaches ${id}`),
  );
});

test('lessons teach what the syllabus gives them', (context) => {
  if (!existsSync(ledgerFile)) context.skip('the ledger is not here');
  const syllabus = [...readFileSync(ledgerFile, 'utf8').matchAll(/^### (\d\d)\. `(.+?)`[^#]*?^- Ids: (.*)$/gm)];
  expect(syllabus).toHaveLength(24);
  expect(loadCourse().lessons.map(({ id, name, ledger }) => [id, name, ledger.join(', ')])).toEqual(
    syllabus.map(([, id, name, ids]) => [id, name, ids]),
  );
});

test('titles and promises are in the course’s own words', (context) => {
  if (!existsSync(ledgerFile)) context.skip('the ledger is not here');
  const folder = join(courseRoot, '../shared');
  const documents = ['ledger.md', ...readFileSync(ledgerFile, 'utf8').matchAll(/\b\d{3}_[0-9a-f]{16}\.txt/g)].map(
    String,
  );
  const runs = new Set<string>();
  for (const name of new Set(documents))
    for (const run of runsOfEight(
      readFileSync(join(folder, name === 'ledger.md' ? name : `documents/${name}`), 'utf8'),
    ))
      runs.add(run);
  expect(runs.size).toBeGreaterThan(1_000);
  const taken = loadCourse().lessons.flatMap(({ title, promise }) =>
    [...runsOfEight(title), ...runsOfEight(promise)].filter((run) => runs.has(run)),
  );
  expect(taken).toEqual([]);
});

function runsOfEight(text: string): string[] {
  const words = text.toLowerCase().match(/[\p{L}\p{N}']+/gu) ?? [];
  return words.slice(7).map((_, index) => words.slice(index, index + 8).join(' '));
}
