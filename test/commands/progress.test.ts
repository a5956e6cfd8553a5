// `progress export` and `progress import` as they are typed.
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openProgress } from '../../runner/progress/progress.ts';
import { temporaryFolder } from '../course/course-fixture.ts';
import { interleave, learnerEnv, useProject } from './project-fixture.ts';

const project = useProject();

function recorded(env: NodeJS.ProcessEnv) {
  const progress = openProgress(env);
  const contents = progress.contents();
  progress.close();
  return contents;
}

/** Somebody who has done one thing of each kind; `at` is when. */
function learner(at: number): NodeJS.ProcessEnv {
  const env = learnerEnv();
  const progress = openProgress(env, () => at);
  progress.recordVerdict('14.1', 'passed', 12.5);
  progress.recordVerdict(`04.${at}`, 'failed', 1);
  progress.recordHint('14.1', at);
  progress.recordSolutionSeen('14.1');
  progress.recordPosition('14', `page-${at}`);
  progress.recordAnswer('14', 'order', { choice: `${at}`, isRight: at > 1, isPrediction: true });
  progress.recordMeasurement('14/lost-updates', { pace: 'full', low: null, at });
  progress.recordTiming('14.1', { at });
  progress.recordDrill('order', { seed: at, level: 1, isRight: true, isFixed: false });
  progress.close();
  return env;
}

function run(env: NodeJS.ProcessEnv, ...args: string[]) {
  const { status, stdout, stderr } = interleave(project.root, ['progress', ...args], env);
  return { status, stdout, stderr };
}

test('what was exported is imported on a new machine, all that is the learner’s, and once', () => {
  const [from, to] = [learner(1), learnerEnv()];
  const file = join(temporaryFolder(), 'mine.json');
  expect(run(from, 'export', file)).toEqual({
    status: 0,
    stdout: expect.stringContaining(`7 records are in ${file}.`),
    stderr: '',
  });
  expect(run(to, 'import', file)).toEqual({
    status: 0,
    stdout: `7 records are in ${file}, 7 of them new here.\n`,
    stderr: '',
  });
  // What was measured stays where it was measured.
  const expected = { ...recorded(from), measurements: [], timings: [] };
  expect(recorded(to)).toEqual(expected);
  expect(JSON.parse(run(to, 'import', file, '--json').stdout)).toEqual({ file, records: 7, changes: 0 });
  expect(recorded(to)).toEqual(expected);
});

test('an import loses nothing that is here: the later page, the higher hint, every attempt and answer', () => {
  const [earlier, later] = [learner(1), learner(2)];
  const folder = temporaryFolder();
  for (const [env, name] of [
    [earlier, '1.json'],
    [later, '2.json'],
  ] as const)
    expect(run(env, 'export', join(folder, name)).status).toBe(0);
  expect(run(earlier, 'import', join(folder, '2.json')).status).toBe(0);
  expect(run(later, 'import', join(folder, '1.json')).status).toBe(0);
  for (const env of [earlier, later]) {
    const progress = openProgress(env);
    expect(progress.hintsTaken('14.1')).toBe(2);
    expect(progress.position('14')).toBe('page-2');
    expect(progress.answers('14').get('order')).toEqual({ choice: '2', isRight: true, isPrediction: true, at: 2 });
    const { attempts, answers, solutions_seen } = progress.contents();
    expect([attempts.length, answers.length, solutions_seen]).toEqual([4, 2, [{ lab: '14.1', at: 1 }]]);
    progress.close();
  }
});

test('a file that is there is replaced only with --force, and as a whole', () => {
  const folder = temporaryFolder();
  const file = join(folder, 'mine.json');
  writeFileSync(file, 'something of mine');
  const env = learner(1);
  expect(run(env, 'export', file)).toEqual({
    status: 2,
    stdout: '',
    stderr: `${file} is there already.\nNext: Name another file, or add --force to replace it.\n`,
  });
  expect(readFileSync(file, 'utf8')).toBe('something of mine');
  expect(run(env, 'export', file, '--force', '--json')).toMatchObject({ status: 0, stderr: '' });
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ format: 'interleave-progress', version: 2 });
  expect(readdirSync(folder)).toEqual(['mine.json']);
});

test.each([
  ['', /is damaged, or not an export of progress: .*\.\nNext: Export it once more\./],
  ['{"format": "interleave-progress", "version": 1, "contents": {"attempts": [{"lab": "14.1"', /is damaged, or not/],
  ['{"format": "interleave-progress", "version": 1}', /is damaged, .*: its contents are missing\./],
  [
    '{"format": "interleave-progress", "version": 1, "contents": {"hints": [{"lab": "14.1", "rung": "3", "at": 1}]}}',
    /is damaged, .*: hints\[0\]\.rung is no whole number\./,
  ],
  ['{"format": "interleave-progress", "version": 3}', /was written by a newer Interleave\.\nNext: Update this course/],
  ['{"name": "another"}', /is not an export of progress\.\nNext: Name a file that/],
  ['[\u001b[2J', /damaged/],
])('the file %j is refused, and nothing changes', (content, message) => {
  const env = learner(1);
  const before = recorded(env);
  const file = join(temporaryFolder(), 'file.json');
  writeFileSync(file, content);
  const { status, stdout, stderr } = run(env, 'import', file);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toMatch(message);
  expect(stderr).not.toContain('\u001b');
  expect(recorded(env)).toEqual(before);
});

test('what is typed wrongly is said with what to type', () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'a-folder'));
  const env = learnerEnv();
  expect(run(env, 'export').stderr).toBe('"progress" needs a FILE.\nNext: Type npx interleave progress export FILE.\n');
  expect(run(env, 'delete')).toMatchObject({ status: 2, stderr: expect.stringContaining('cannot "delete"') });
  expect(run(env, 'delete', 'x')).toMatchObject({ status: 2, stderr: expect.stringContaining('cannot "delete"') });
  expect(run(env, 'import', join(folder, 'none.json')).stderr).toMatch(/none\.json cannot be used: ENOENT/);
  expect(run(env, 'import', join(folder, 'a-folder')).stderr).toMatch(/a-folder cannot be used: EISDIR/);
  expect(run(env, 'export', join(folder, 'none/x.json')).stderr).toMatch(/x\.json cannot be used: ENOENT/);
});

test('what cannot be kept is not called imported', () => {
  const file = join(temporaryFolder(), 'mine.json');
  expect(run(learner(1), 'export', file).status).toBe(0);
  const env = learnerEnv();
  writeFileSync(join(env.INTERLEAVE_HOME ?? '', '.interleave'), 'in the place of the folder');
  const { status, stdout, stderr } = run(env, 'import', file);
  expect({ status, stdout }).toEqual({ status: 3, stdout: '' });
  expect(stderr).toContain('Your progress is not saved');
});
