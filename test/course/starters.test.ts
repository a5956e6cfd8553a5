import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { labsOf, loadCourse } from '../../runner/course/course.ts';
import { filesBelow } from '../../runner/course/durable-files.ts';
import { type Lab, workingCopyFolder } from '../../runner/course/lab.ts';
import { newStarterChanges, starterChanges } from '../../runner/course/starters.ts';
import { changedFiles, makeWorkingCopy, resetWorkingCopy } from '../../runner/course/working-copy.ts';
import { makeCourse, temporaryFolder, write } from './course-fixture.ts';

/** Somebody has begun lab 14.1; `update` brings another lab.ts. */
function begin() {
  const lab = labsOf(loadCourse(makeCourse())).find(({ id }) => id === '14.1') as Lab;
  const env = { INTERLEAVE_HOME: temporaryFolder() };
  makeWorkingCopy(lab, env);
  const before = readFileSync(join(lab.folder, 'lab.ts'), 'utf8');
  return {
    lab,
    env,
    before,
    update: (text: string) => write(lab.folder, { 'lab.ts': text }),
    edit: (text: string) => write(workingCopyFolder(lab, env), { 'lab.ts': text }),
  };
}

test('a starter that is as it was, or was never kept, has no changes', () => {
  const { lab, env, update, edit } = begin();
  expect(starterChanges(lab, env)).toEqual([]);
  edit('mine\n');
  expect(starterChanges(lab, env)).toEqual([]);
  rmSync(join(env.INTERLEAVE_HOME, 'workspace/.starters'), { recursive: true });
  update('new\n');
  expect(starterChanges(lab, env)).toEqual([]);
});

test('an update of the starter is told with whether the learner’s file was changed, too', () => {
  const { lab, env, before, update, edit } = begin();
  update('new\n');
  expect(starterChanges(lab, env)).toEqual([{ path: 'lab.ts', before, now: 'new\n', isEdited: false }]);
  expect(changedFiles(lab, env)).toEqual([]);
  edit('mine\n');
  expect(starterChanges(lab, env)).toEqual([{ path: 'lab.ts', before, now: 'new\n', isEdited: true }]);
  edit('new\n');
  expect(starterChanges(lab, env)).toEqual([]);
  expect(changedFiles(lab, env)).toEqual([]);
});

test('each update is told once', () => {
  const { lab, env, update } = begin();
  expect(newStarterChanges(lab, env)).toEqual([]);
  update('new\n');
  expect(newStarterChanges(lab, env)).toHaveLength(1);
  expect(newStarterChanges(lab, env)).toEqual([]);
  update('newer\n');
  expect(newStarterChanges(lab, env)).toHaveLength(1);
  expect(newStarterChanges(lab, env)).toEqual([]);
});

test('a reset brings the new starter, keeps the old one in the backup, and ends the difference', () => {
  const { lab, env, before, update } = begin();
  update('new\n');
  const { backup = '' } = resetWorkingCopy(lab, env, Date.now());
  expect(readFileSync(join(workingCopyFolder(lab, env), 'lab.ts'), 'utf8')).toBe('new\n');
  expect(readFileSync(join(backup, 'lab.ts'), 'utf8')).toBe(before);
  expect(starterChanges(lab, env)).toEqual([]);
});

test('what is kept of the starter is not among the learner’s files', () => {
  const { lab, env, update } = begin();
  update('new\n');
  newStarterChanges(lab, env);
  expect(filesBelow(workingCopyFolder(lab, env))).toEqual(['lab.ts', join('threads', 'counter.ts')]);
});
