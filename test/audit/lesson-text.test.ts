// The audit reads a lesson's text and the code that it quotes.
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkLessonFile } from '../../runner/audit/check-lesson-files.ts';
import { checkQuotes } from '../../runner/audit/check-quotes.ts';
import { readDocument } from '../../runner/audit/document.ts';
import { problemText } from '../../runner/audit/problem.ts';
import { temporaryFolder } from '../course/course-fixture.ts';
import { everyPart, readingRoot } from '../course/reading-fixture.ts';

const file = `lessons/${everyPart}/lesson.md`;

function problems(root: string): string[] {
  const document = readDocument(root, file);
  if (!document) throw new Error(`${file} cannot be read`);
  return [...checkLessonFile(document, root), ...checkQuotes(document, root)].map(problemText);
}

test('the lesson that uses everything is as it should be', () => {
  expect(problems(readingRoot)).toEqual([]);
});

test('a region in Python is marked as editors fold it', () => {
  const root = temporaryFolder();
  cpSync(readingRoot, root, { recursive: true });
  const program = join(root, `lessons/${everyPart}/snippets/two_timers.py`);
  writeFileSync(program, readFileSync(program, 'utf8').replace('# region timers', '# region clocks'));
  expect(problems(root)).toEqual([
    `${file}:89: quotes lessons/${everyPart}/snippets/two_timers.py, which has no region "timers"; it has clocks`,
  ]);
});

test('a mistake in the text is a problem with file and line', () => {
  const root = temporaryFolder();
  cpSync(readingRoot, root, { recursive: true });
  const path = join(root, file);
  writeFileSync(path, readFileSync(path, 'utf8').replace('**b, right.**', '**b.**').replace('snippets/ask.ts', 'asks'));
  expect(problems(root)).toEqual([
    `${file}:115: no choice is marked as the right one, "**b, right.** ..."`,
    `${file}:70: "asks" is neither a file (its name has a dot) nor one of the words run, trace, explore, tso, fails`,
  ]);
});
