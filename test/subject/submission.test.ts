// What is read for a judgement: the learner's files as they lie there, however many, large or strange they are.
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadLab, type Lab } from '../../runner/course/lab.ts';
import { readSubmission, readTree, type Layer, type Submission } from '../../runner/subject/submission.ts';
import { fixtures } from '../judge/judging.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'submission-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A lab of two files. */
const lab: Lab = { ...loadLab('90-fixture/1-five-tests', join(fixtures, 'labs')), files: ['lab.ts', 'lib/help.ts'] };

function put(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

function read(...layers: Layer[]): Submission {
  return readSubmission(lab, layers, 'shown');
}

function texts(submission: Submission): Record<string, string> {
  if (submission.kind !== 'files') throw new Error(submission.reason);
  return Object.fromEntries([...submission.files].map(([name, bytes]) => [name, Buffer.from(bytes).toString()]));
}

test('all files of a folder but hidden ones, packages and links', () => {
  put({ 'lab.ts': 'a', 'lib/help.ts': 'b', 'lib/deep/data.bin': '\0', '.git/config': 'c', 'node_modules/x/i.js': 'd' });
  symlinkSync(join(folder, 'lab.ts'), join(folder, 'linked.ts'));
  symlinkSync('/', join(folder, 'everything'));
  expect(texts(read({ folder }))).toEqual({ 'lab.ts': 'a', 'lib/help.ts': 'b', 'lib/deep/data.bin': '\0' });
});

test('later layers lie over earlier ones; a single file stands for the first', () => {
  put({
    'one/lab.ts': '1',
    'one/lib/help.ts': '1',
    'one/lab.test.ts': 'suite',
    'two/lib/help.ts': '2',
    'mine.ts': '3',
  });
  const one = { folder: join(folder, 'one'), only: lab.files };
  const [two, mine] = [{ folder: join(folder, 'two') }, { file: join(folder, 'mine.ts') }];
  expect(texts(read(one))).toEqual({ 'lab.ts': '1', 'lib/help.ts': '1' });
  expect(texts(read(one, two))).toEqual({ 'lab.ts': '1', 'lib/help.ts': '2' });
  const got = read(one, two, mine);
  expect(texts(got)).toEqual({ 'lab.ts': '3', 'lib/help.ts': '2' });
  if (got.kind !== 'files') throw new Error(got.reason);
  expect(got.origins.get('lab.ts')).toBe(mine.file);
  expect([got.shownAs('lab.ts'), got.shownAs('lib/help.ts')]).toEqual(['shown', 'lib/help.ts']);
});

test('what was read stays as it was when the file changes', () => {
  put({ 'lab.ts': 'before', 'lib/help.ts': 'x'.repeat(100_000) });
  const first = read({ folder });
  put({ 'lab.ts': 'after', 'lib/help.ts': 'y'.repeat(100_000) });
  read({ folder });
  expect(texts(first)).toEqual({ 'lab.ts': 'before', 'lib/help.ts': 'x'.repeat(100_000) });
});

test('the largest file that may be, and one byte more', () => {
  put({ 'lab.ts': 'x'.repeat(1024 * 1024), 'lib/help.ts': '' });
  expect(texts(read({ folder }))['lab.ts']).toHaveLength(1024 * 1024);
  put({ 'lab.ts': 'x'.repeat(1024 * 1024 + 1) });
  expect(read({ folder })).toEqual({ kind: 'unusable', reason: 'lab.ts is larger than 1024 KiB' });
});

test('as many files as may be, and one more', () => {
  put(Object.fromEntries(Array.from({ length: 100 }, (_, n) => [`${n}.ts`, ''])));
  expect(readTree(folder).size).toBe(100);
  put({ 'lab.ts': '', 'lib/help.ts': '' });
  expect(read({ folder })).toEqual({ kind: 'unusable', reason: 'more than 100 files' });
});

test('a file that is missing, and a folder that is', () => {
  put({ 'lab.ts': '' });
  expect(read({ folder })).toEqual({ kind: 'unusable', reason: join('shown', 'lib/help.ts') + ' is not there' });
  expect(read({ folder: join(folder, 'nowhere') })).toEqual({
    kind: 'unusable',
    reason: 'shown cannot be read (ENOENT)',
  });
});
