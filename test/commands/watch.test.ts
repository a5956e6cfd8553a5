// `watch` as it is typed: in a pipe and at a terminal, over a deleted copy, without watches, to Ctrl-C.
import { type ChildProcessByStdio, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { makeRunnableCourse, type RunnableCourse } from '../harness/course.ts';
import { asOrdinaryUser, hasOrdinaryUser } from '../harness/ordinary-user.ts';
import { processesLeft, processesOf } from '../harness/processes.ts';
import { keys, Person } from '../harness/pty.ts';
import { interleave } from './project-fixture.ts';

const lab = '11-numbers/1-double';
const wrong = 'export function double(x: number): number {\n  return x + 1;\n}\n';
const endless = 'export function double(): number {\n  for (;;);\n}\n';

interface Watching {
  readonly child: ChildProcessByStdio<null, Readable, Readable>;
  /** all that came on stdout so far */
  text(): string;
  says(what: RegExp): Promise<string>;
}

function watching(course: RunnableCourse, command: readonly string[] = [], env: NodeJS.ProcessEnv = {}): Watching {
  const [file, ...args] = [...command, process.execPath, course.launcher, 'watch', '11.1'];
  const child = spawn(String(file), args, {
    cwd: course.root,
    env: { ...course.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let text = '';
  child.stdout.on('data', (bytes: Buffer) => (text += bytes.toString()));
  return {
    child,
    text: () => text,
    async says(what) {
      const end = performance.now() + 45_000;
      while (!what.test(text)) {
        if (performance.now() > end) throw new Error(`watch did not say ${what}:\n${text}`);
        await sleep(20);
      }
      return text;
    },
  };
}

test('in a pipe: plain lines, a verdict at once and at each save, the latest save in the middle of a run, SIGINT', async () => {
  const course = makeRunnableCourse();
  const { child, says, text } = watching(course);
  expect(await says(/Not yet: 1 of 2/)).toContain(`Your copy is workspace/${lab} (lab.ts).`);
  writeFileSync(course.file(lab), wrong);
  await says(/Not yet: 0 of 2/);
  writeFileSync(course.file(lab), endless);
  await sleep(300);
  copyFileSync(course.solution(lab), course.file(lab));
  await says(/Passed: all 2 tests/);
  expect(text()).not.toContain('Stopped at a limit');
  // eslint-disable-next-line no-control-regex
  expect(text()).not.toMatch(/[\x1b\r]/);
  child.kill('SIGINT');
  expect(await once(child, 'exit')).toEqual([130, null]);
  if (process.platform === 'linux') expect(await processesLeft(course.tmp)).toEqual([]);
  const list = interleave(course.root, ['list', '--json'], course.env);
  expect(list.stdout).toMatch(/"id": "11\.1",[^}]*"status": "passed"/);
});

test('a save that stays empty is judged like any other', async () => {
  const course = makeRunnableCourse();
  const { says } = watching(course);
  await says(/Not yet: 1 of 2/);
  writeFileSync(course.file(lab), '');
  await says(/Could not be run[^]*lab\.ts is empty/);
});

test('a copy that is deleted is missed, and judged again when it is back', async () => {
  const course = makeRunnableCourse();
  const { says } = watching(course);
  await says(/Not yet: 1 of 2/);
  rmSync(join(course.workspace, lab), { recursive: true });
  await says(/has no lab\.ts any\s+more/);
  expect(interleave(course.root, ['reset', '11.1'], course.env).status).toBe(0);
  await says(/Not yet: 1 of 2[^]*Not yet: 1 of 2/);
  copyFileSync(course.solution(lab), course.file(lab));
  await says(/Passed: all 2 tests/);
});

/** Who may make a user namespace may forbid watches in it. */
const canForbidWatches = process.platform === 'linux' && spawnSync('unshare', ['-Ur', 'true']).status === 0;

test.skipIf(!canForbidWatches)('without watches it looks by itself, and says so', async () => {
  const course = makeRunnableCourse();
  const { says } = watching(course, [
    'unshare',
    '-Ur',
    'sh',
    '-c',
    'echo 0 > /proc/sys/user/max_inotify_watches; exec "$@"',
    'sh',
  ]);
  await says(/This system does not tell of saves here[^]*Not yet: 1 of 2/);
  copyFileSync(course.solution(lab), course.file(lab));
  await says(/Passed: all 2 tests/);
});

const { uid, gid } = asOrdinaryUser;
const asNobody = uid === undefined ? [] : ['setpriv', `--reuid=${uid}`, `--regid=${gid}`, '--clear-groups'];

test.skipIf(!hasOrdinaryUser || (asNobody[0] !== undefined && spawnSync(asNobody[0], ['--version']).status !== 0))(
  'a copy that may not be read is a verdict with words, and no crash',
  async () => {
    const course = makeRunnableCourse();
    if (uid !== undefined) spawnSync('chown', ['-R', `${uid}:${gid}`, join(course.root, '..')]);
    const { says } = watching(course, asNobody, { HOME: course.tmp });
    await says(/Not yet: 1 of 2/);
    spawnSync('chmod', ['000', course.file(lab)]);
    writeFileSync(course.file(lab), wrong);
    await says(/Could not be run[^]*cannot be read \(EACCES\)/);
    spawnSync('chmod', ['644', course.file(lab)]);
    await says(/Not yet: 0 of 2/);
  },
);

test('at a terminal: a long run is named, Ctrl-C ends it with nothing left', async () => {
  const course = makeRunnableCourse();
  const person = new Person(process.execPath, [course.launcher, 'watch', '11.1'], {
    cwd: course.root,
    env: course.env,
  });
  await person.sees('Not yet: 1 of 2');
  writeFileSync(course.file(lab), endless);
  await person.sees('Running "doubles"');
  person.press(keys.ctrlC);
  expect(await person.exit).toMatchObject({ exitCode: 130 });
  expect(person.raw).not.toContain('\x1b[?25l');
  if (process.platform === 'linux') expect(await processesLeft(course.tmp)).toEqual([]);
});

test('at a terminal: Ctrl-C before anything was judged ends it without a word, and nothing is left', async () => {
  const course = makeRunnableCourse();
  for (const command of ['test', 'watch']) {
    for (const waitMs of [0, 60, 250]) {
      const person = new Person(process.execPath, [course.launcher, command, '11.1'], {
        cwd: course.root,
        env: course.env,
      });
      // Before the first line Node itself may not listen yet: then Ctrl-C is a plain end by a signal.
      if (command === 'watch') await person.saw('Lab 11.1');
      else await waitForJudge(course);
      await sleep(waitMs);
      person.press(keys.ctrlC);
      const { exitCode } = await person.exit;
      expect({ command, waitMs, exitCode }).toEqual({ command, waitMs, exitCode: 130 });
      expect(person.all()).not.toMatch(/[Tt]he judge|Error|bug|at .*:\d+:\d+/);
      if (process.platform === 'linux') expect(await processesLeft(course.tmp)).toEqual([]);
    }
  }
});

/** Until a judge was started, be it ready or not. */
async function waitForJudge(course: RunnableCourse): Promise<void> {
  while (!processesOf(course.tmp).some((line) => line.includes('judge-main'))) await sleep(5);
}

test('a reader that goes away ends it at the next line, quietly', async () => {
  const course = makeRunnableCourse();
  const { child, says } = watching(course);
  await says(/Not yet: 1 of 2/);
  let errors = '';
  child.stderr.on('data', (bytes: Buffer) => (errors += bytes.toString()));
  child.stdout.destroy();
  writeFileSync(course.file(lab), wrong);
  expect(await once(child, 'close')).toEqual([0, null]);
  expect(errors).toBe('');
  if (process.platform === 'linux') expect(await processesLeft(course.tmp)).toEqual([]);
});

test('without LAB: the one that was worked on last; none is wrong usage', async () => {
  const course = makeRunnableCourse();
  expect(interleave(course.root, ['watch'], course.env)).toMatchObject({ status: 2, stdout: '' });
  interleave(course.root, ['hint', '11.2'], course.env);
  const person = new Person(process.execPath, [course.launcher, 'watch'], { cwd: course.root, env: course.env });
  await person.sees('Lab 11.2: A sum');
  person.press(keys.ctrlC);
  expect(await person.exit).toMatchObject({ exitCode: 130 });
});
