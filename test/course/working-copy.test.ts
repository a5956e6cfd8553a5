import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, readFileSync, readdirSync, rmSync, symlinkSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { labsOf, loadCourse } from '../../runner/course/course.ts';
import { filesBelow } from '../../runner/course/durable-files.ts';
import { type Lab, workingCopyFolder } from '../../runner/course/lab.ts';
import { changedFiles, makeWorkingCopy, resetWorkingCopy } from '../../runner/course/working-copy.ts';
import { asOrdinaryUser, hasOrdinaryUser } from '../harness/ordinary-user.ts';
import { makeCourse, temporaryFolder, write } from './course-fixture.ts';

const starter = 'export function add() {\n  return 0;\n}\n';
const noon = new Date(2026, 10, 21, 9, 40, 12).getTime();

function begin() {
  const root = makeCourse();
  const lab = labsOf(loadCourse(root)).find(({ id }) => id === '14.1') as Lab;
  const env = { INTERLEAVE_HOME: temporaryFolder() };
  const folder = workingCopyFolder(lab, env);
  return {
    root,
    lab,
    env,
    folder,
    backups: join(env.INTERLEAVE_HOME, 'workspace/.backup/14-race-conditions/1-lost-updates'),
  };
}

function textsIn(folder: string): Record<string, string> {
  return Object.fromEntries(filesBelow(folder).map((path) => [path, readFileSync(join(folder, path), 'utf8')]));
}

test('a working copy has the learner’s files and nothing else', () => {
  const { lab, env, folder } = begin();
  expect(changedFiles(lab, env)).toEqual(['lab.ts', 'threads/counter.ts']);
  expect(makeWorkingCopy(lab, env)).toEqual(['lab.ts', 'threads/counter.ts']);
  expect(textsIn(folder)).toEqual({ 'lab.ts': starter, 'threads/counter.ts': 'export const counter = 0;\n' });
  expect(changedFiles(lab, env)).toEqual([]);
});

test('making it again writes no file that is there, and fills in one that is gone', () => {
  const { lab, env, folder } = begin();
  makeWorkingCopy(lab, env);
  write(folder, { 'lab.ts': 'mine' });
  unlinkSync(join(folder, 'threads/counter.ts'));
  expect(changedFiles(lab, env)).toEqual(['lab.ts', 'threads/counter.ts']);
  expect(makeWorkingCopy(lab, env)).toEqual(['threads/counter.ts']);
  expect(readFileSync(join(folder, 'lab.ts'), 'utf8')).toBe('mine');
});

test('a link that leads nowhere is the learner’s, too', () => {
  const { lab, env, folder } = begin();
  makeWorkingCopy(lab, env);
  unlinkSync(join(folder, 'lab.ts'));
  symlinkSync('nowhere', join(folder, 'lab.ts'));
  expect(makeWorkingCopy(lab, env)).toEqual([]);
});

test('a file in the place of a folder is named', () => {
  const { lab, env, folder } = begin();
  write(folder, { threads: 'a file' });
  expect(changedFiles(lab, env)).toEqual(['lab.ts', 'threads/counter.ts']);
  expect(() => makeWorkingCopy(lab, env)).toThrow(`${join(folder, 'threads')} is not usable`);
});

test('the copy can be written though the course lies in a read-only place', () => {
  const { lab, env, folder } = begin();
  chmodSync(join(lab.folder, 'lab.ts'), 0o444);
  makeWorkingCopy(lab, env);
  expect(spawnSync('test', ['-w', join(folder, 'lab.ts')]).status).toBe(0);
});

test('a reset puts everything into a dated backup and makes the working copy pristine', () => {
  const { lab, env, folder, backups } = begin();
  makeWorkingCopy(lab, env);
  const mine = { 'lab.ts': 'mine', 'threads/counter.ts': 'mine too', 'notes/deep/idea.md': 'an idea', '.hidden': 'x' };
  write(folder, mine);
  symlinkSync('lab.ts', join(folder, 'alias.ts'));
  const { backup } = resetWorkingCopy(lab, env, noon);
  expect(backup).toBe(join(backups, '2026-11-21T09-40-12'));
  expect(textsIn(backup as string)).toEqual({ ...mine, 'alias.ts': 'mine' });
  expect(textsIn(folder)).toEqual({ 'lab.ts': starter, 'threads/counter.ts': 'export const counter = 0;\n' });
  expect(readdirSync(folder).sort()).toEqual(['lab.ts', 'threads']);
  expect(readdirSync(join(env.INTERLEAVE_HOME, 'workspace')).filter((name) => name.startsWith('.staging'))).toEqual([]);
});

test('two resets in one second have a backup each', () => {
  const { lab, env, folder, backups } = begin();
  for (const text of ['first', 'second', 'third']) {
    write(folder, { 'lab.ts': text });
    resetWorkingCopy(lab, env, noon);
  }
  expect(readdirSync(backups).sort()).toEqual([
    '2026-11-21T09-40-12',
    '2026-11-21T09-40-12-2',
    '2026-11-21T09-40-12-3',
  ]);
  expect(readFileSync(join(backups, '2026-11-21T09-40-12-3/lab.ts'), 'utf8')).toBe('third');
});

test('what is as the course made it needs no backup', () => {
  const { lab, env, folder, backups } = begin();
  expect(resetWorkingCopy(lab, env, noon)).toEqual({ backup: undefined });
  expect(changedFiles(lab, env)).toEqual([]);
  expect(resetWorkingCopy(lab, env, noon)).toEqual({ backup: undefined });
  expect(existsSync(backups)).toBe(false);
  expect(existsSync(folder)).toBe(true);
});

test('a reset works where a folder stands for a file, and a file for a folder', () => {
  const { lab, env, folder } = begin();
  write(folder, { 'lab.ts/inside.ts': 'mine', threads: 'a file' });
  const { backup } = resetWorkingCopy(lab, env, noon);
  expect(textsIn(backup as string)).toEqual({ 'lab.ts/inside.ts': 'mine', threads: 'a file' });
  expect(textsIn(folder)).toEqual({ 'lab.ts': starter, 'threads/counter.ts': 'export const counter = 0;\n' });
});

test.skipIf(!hasOrdinaryUser)('a folder that cannot be written is named, and nothing is lost', () => {
  const { lab, env, folder, root } = begin();
  makeWorkingCopy(lab, env);
  write(folder, { 'lab.ts': 'mine' });
  const cases = ['workspace', 'workspace/14-race-conditions/1-lost-updates'].map((place) => {
    const closed = join(env.INTERLEAVE_HOME, place);
    chmodSync(closed, 0o555);
    const outcome = resetAsOrdinaryUser(root, env.INTERLEAVE_HOME);
    chmodSync(closed, 0o755);
    return outcome;
  });
  for (const outcome of cases) {
    expect(outcome).toMatchObject({ name: 'CourseError', exitCode: 3 });
    expect(outcome.message).toMatch(/may not be read or written by you \(E/);
    expect(outcome.next).toContain('INTERLEAVE_HOME');
  }
  expect(readFileSync(join(folder, 'lab.ts'), 'utf8')).toBe('mine');
});

/** Runs a reset in a child that is not root; all below `home` becomes the child's. */
function resetAsOrdinaryUser(
  root: string,
  home: string,
): { name: string; message: string; next: string; exitCode: number } {
  const { uid, gid } = asOrdinaryUser;
  if (uid !== undefined) {
    chmodSync(root, 0o755);
    for (const path of ['', ...readdirSync(home, { recursive: true }).map(String)])
      chownSync(join(home, path), uid, gid);
  }
  const { stdout } = spawnSync(process.execPath, [join(import.meta.dirname, 'reset-once-main.ts'), root, home], {
    encoding: 'utf8',
    ...asOrdinaryUser,
  });
  return JSON.parse(stdout);
}

test('a full disk, at whatever moment, loses nothing', (context) => {
  if (!canMount()) context.skip('needs Linux with user namespaces');
  const mount = temporaryFolder();
  const child = spawnSync(
    'unshare',
    [
      '-rm',
      'sh',
      '-c',
      'mount -t tmpfs -o size=256k tmpfs "$1" && shift && exec "$@"',
      'sh',
      mount,
      process.execPath,
      join(import.meta.dirname, 'full-disk-main.ts'),
      makeCourse(),
      mount,
    ],
    { encoding: 'utf8' },
  );
  expect(child.stderr).toBe('');
  const tries = JSON.parse(child.stdout) as {
    freeKiB: number;
    ended: string;
    isTextSafe: boolean;
    unfinished: string[];
  }[];
  for (const attempt of tries) expect(attempt).toMatchObject({ isTextSafe: true, unfinished: [] });
  expect(tries[0]?.ended).toMatch(/^3 The disk is full: .*\. Nothing was changed\. Free some space/);
  expect(tries.some(({ ended }) => /The disk is full: .* Everything that you had is in .*2026-/.test(ended))).toBe(
    true,
  );
  expect(tries.at(-1)?.ended).toBe('reset');
});

function canMount(): boolean {
  return process.platform === 'linux' && spawnSync('unshare', ['-rm', 'true']).status === 0;
}

test('a kill at whatever moment of a reset loses nothing', async () => {
  const { root, env, folder, backups } = begin();
  for (let round = 0; round < 12; round++) {
    const child = spawn(
      process.execPath,
      [join(import.meta.dirname, 'reset-loop-main.ts'), root, env.INTERLEAVE_HOME],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    const closed = new Promise((resolve) => child.once('close', resolve));
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
    while (!said.includes('\n')) await sleep(1);
    await sleep(Math.random() * 30);
    child.kill('SIGKILL');
    await closed;

    const written = said.slice(0, said.lastIndexOf('\n')).split('\n');
    // The kill may have come before the first reset had begun.
    const finished = (existsSync(backups) ? readdirSync(backups) : [])
      .filter((name) => !name.startsWith('.'))
      .map((name) => textsIn(join(backups, name)));
    const inBackups = finished.map((texts) => texts['lab.ts'] ?? 'nothing');
    // A backup that has its date is complete, and each text that was announced stands in one or in the working copy.
    for (const text of inBackups) expect(text.split(' ')).toHaveLength(2 * 1_000 + 1);
    for (const texts of finished) expect(texts['threads/counter.ts']).toBe('export const counter = 0;\n');
    const kept = [textsIn(folder)['lab.ts'], ...inBackups];
    for (const text of written) expect(kept).toContain(text.repeat(1_000));
    for (const made of [backups, folder]) rmSync(made, { recursive: true, force: true });
  }
});
