import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { lessonWith, readingRoot } from '../course/reading-fixture.ts';
import { interleave, learnerEnv, useProject } from './project-fixture.ts';

const fixture = Object.fromEntries(
  globSync('lessons/**/*.*', { cwd: readingRoot }).map((file) => [file, readFileSync(join(readingRoot, file), 'utf8')]),
);
const project = useProject({
  ...fixture,
  'labs/07-every-part/1-pieces/lab.json': JSON.stringify({ title: 'Pieces', files: ['lab.ts'], tests: { fits: 1 } }),
  'lessons/09-broken/lesson.md': lessonWith(['<!-- end -->', '<div>'], ['ledger: [C01, F04]', 'ledger: []']),
});

const printed = readFileSync(join(import.meta.dirname, '../terminal/printed-lesson/plain-80.txt'), 'utf8');

test('read prints the whole lesson, its labs at the end', () => {
  for (const id of ['7', '07', 'every-part', '07-every-part']) {
    const { status, stdout, stderr } = interleave(project.root, ['read', id], learnerEnv({ COLUMNS: '80' }));
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toBe(`${printed}\n## Labs\n\n07.1  Pieces\n`);
  }
});

test('--plain has no colours where there would be some, and neither has NO_COLOR', () => {
  const read = (options: string[], changes: NodeJS.ProcessEnv) =>
    interleave(project.root, ['read', '07', ...options], learnerEnv({ COLUMNS: '80', FORCE_COLOR: '1', ...changes }))
      .stdout;
  expect(read([], {})).toContain('\x1b[35mimport\x1b[39m { Worker }');
  expect(read(['--plain'], {}).startsWith(printed)).toBe(true);
  expect(read([], { NO_COLOR: '1' })).toBe(read(['--plain'], {}));
});

test('a narrow terminal is respected', () => {
  const { stdout } = interleave(project.root, ['read', '07'], learnerEnv({ COLUMNS: '60' }));
  expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(60);
});

test('a lesson that is not written yet shows its promise', () => {
  const { status, stdout, stderr } = interleave(project.root, ['read', 'later'], learnerEnv());
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toMatch(
    /^Lesson 08: Later\nThis lesson is not written yet\. What it promises: Say what comes later, in\none/,
  );
});

test('a lesson with mistakes can be read all the same', () => {
  const { status, stdout } = interleave(project.root, ['read', '09'], learnerEnv());
  expect(status).toBe(0);
  expect(stdout).toContain('That is what two cores would do');
});

test('--json is one document with the pages in Markdown', () => {
  const { status, stdout } = interleave(project.root, ['read', '07', '--json'], learnerEnv());
  expect(status).toBe(0);
  const { pages, ...rest } = JSON.parse(stdout);
  expect(rest).toEqual({
    lesson: '07',
    title: 'Every part of a lesson',
    promise: 'Recognise each thing that a lesson can be made of.',
    minutes: 5,
    written: true,
  });
  expect(pages.map(({ anchor, title }: { anchor: string; title: string }) => `${anchor} ${title}`)).toEqual([
    'words-code-and-weight Words, code and weight',
    'programs-and-drawings Programs and drawings',
    'numbers-and-what-follows-from-them Numbers, and what follows from them',
  ]);
  expect(pages[2].text).toMatch(/^> \*\*Predict\*\* two-halves probe: 19\n[^]*<\/details>$/);
  const unwritten = JSON.parse(interleave(project.root, ['read', '08', '--json'], learnerEnv()).stdout);
  expect(unwritten).toMatchObject({ lesson: '08', written: false, pages: [] });
});

test('what is no lesson is refused with the next step', () => {
  const { status, stdout, stderr } = interleave(project.root, ['read', 'every-prat'], learnerEnv());
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toBe(
    'There is no lesson "every-prat".\nNext: Did you mean 07-every-part? "npx interleave list" shows them all.\n',
  );
});
