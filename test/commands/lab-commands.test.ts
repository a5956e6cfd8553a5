import { spawn as spawnTerminal } from '@lydell/node-pty';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openProgress } from '../../runner/progress/progress.ts';
import { write } from '../course/course-fixture.ts';
import { interleave, learnerEnv, useProject } from './project-fixture.ts';

const project = useProject();
const lab = 'workspace/14-race-conditions/1-lost-updates';

function withProgress<Result>(
  env: NodeJS.ProcessEnv,
  use: (progress: ReturnType<typeof openProgress>) => Result,
): Result {
  const progress = openProgress(env);
  try {
    return use(progress);
  } finally {
    progress.close();
  }
}

test('hint climbs the ladder by one rung for each call, and stays at the top', () => {
  const env = learnerEnv({ COLUMNS: '60' });
  const outputs = [1, 2, 3, 4].map(() => interleave(project.root, ['hint', '14.1'], env));
  for (const output of outputs) expect(output).toMatchObject({ status: 0, stderr: '' });
  const [first, second, third, fourth] = outputs.map(({ stdout }) => stdout);
  expect(first).toMatchInlineSnapshot(`
    "14.1-lost-updates, hint 1 of 3
    Where to look

    Look at the line that reads and the line that writes.

    Still stuck? "npx interleave hint 14.1" has one that says
    more.
    "
  `);
  expect(second).toContain('14.1-lost-updates, hint 2 of 3\nWhat happens between them\n');
  expect(second).toContain('\n\n  ## this is no heading\n\n');
  expect(third).toContain('hint 3 of 3');
  expect(third).toContain('That was the last hint. "npx interleave solution');
  expect(fourth).toBe(third);
  expect(withProgress(env, (progress) => progress.hintsTaken('14.1'))).toBe(3);
});

test('hint --json is one document, and counts like any other hint', () => {
  const env = learnerEnv();
  expect(JSON.parse(interleave(project.root, ['hint', 'lost-updates', '--json'], env).stdout)).toEqual({
    lab: '14.1',
    hint: 1,
    of: 3,
    title: 'Where to look',
    text: 'Look at the line that reads\nand the line that writes.',
  });
  expect(JSON.parse(interleave(project.root, ['hint', 'lost-updates', '--json'], env).stdout).hint).toBe(2);
});

test('reset puts everything aside and says where', () => {
  const env = learnerEnv();
  const mine = { [`${lab}/lab.ts`]: 'mine', [`${lab}/idea.md`]: 'an idea' };
  write(env.INTERLEAVE_HOME, mine);
  const { status, stdout, stderr } = interleave(project.root, ['reset', 'lab.ts'], env, {
    cwd: join(env.INTERLEAVE_HOME, lab),
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const [, folder = '', backup = ''] =
    /^14\.1-lost-updates is as the course made it, in (.+)\nWhat you had is in (.+)\n$/.exec(stdout) ?? [];
  expect(folder).toBe(join(env.INTERLEAVE_HOME, lab));
  expect(backup).toMatch(/workspace\/\.backup\/14-race-conditions\/1-lost-updates\/\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d$/);
  expect(readFileSync(join(backup, 'idea.md'), 'utf8')).toBe('an idea');
  expect(readFileSync(join(backup, 'lab.ts'), 'utf8')).toBe('mine');
  expect(readFileSync(join(folder, 'lab.ts'), 'utf8')).toBe('export function add() {\n  return 0;\n}\n');

  const again = interleave(project.root, ['reset', '14.1'], env, { cwd: env.INTERLEAVE_HOME });
  expect(again.stdout).toBe(
    `14.1-lost-updates is as the course made it, in ${lab}\nThere was nothing of yours to put aside.\n`,
  );
});

test('reset --json gives the paths', () => {
  const env = learnerEnv();
  const json = () => JSON.parse(interleave(project.root, ['reset', '14.1', '--json'], env).stdout);
  expect(json()).toEqual({ lab: '14.1', folder: join(env.INTERLEAVE_HOME, lab), backup: null });
  write(env.INTERLEAVE_HOME, { [`${lab}/lab.ts`]: 'mine' });
  expect(readFileSync(join(json().backup, 'lab.ts'), 'utf8')).toBe('mine');
});

test('without a terminal the solution of a lab that was not passed needs --yes', () => {
  const env = learnerEnv();
  for (const args of [
    ['solution', '14.1'],
    ['solution', '14.1', '--json'],
  ]) {
    const { status, stdout, stderr } = interleave(project.root, args, env);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/^You have not passed 14\.1-lost-updates yet\.\nNext: .*add --yes\.\n$/);
  }
  expect(withProgress(env, (progress) => progress.hasSeenSolution('14.1'))).toBe(false);
});

test('solution shows the files, the why and the difference to the learner’s files', () => {
  const env = learnerEnv();
  write(env.INTERLEAVE_HOME, { [`${lab}/lab.ts`]: 'export function add() {\n  return 7; // \x1b[2J\n}\n' });
  const { status, stdout, stderr } = interleave(project.root, ['solution', '14.1', '--yes'], env);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toMatchInlineSnapshot(`
    "One way to do 14.1-lost-updates

    lab.ts

      export function add() {
        return 1;
      }

    threads/counter.ts

      export const counter = 0;

    # Why

    One step cannot be interrupted.

    From yours to this one

    --- yours/lab.ts
    +++ solution/lab.ts
    @@ -1,3 +1,3 @@
     export function add() {
    -  return 7; // \\x1b[2J
    +  return 1;
     }
    --- yours/threads/counter.ts (not there)
    +++ solution/threads/counter.ts
    @@ -0,0 +1,1 @@
    +export const counter = 0;
    "
  `);
  expect(withProgress(env, (progress) => progress.hasSeenSolution('14.1'))).toBe(true);
});

test('after a pass nobody is asked, and colours show the difference', () => {
  const env = learnerEnv({ FORCE_COLOR: '1' });
  withProgress(env, (progress) => progress.recordVerdict('14.1', 'passed', 1));
  write(env.INTERLEAVE_HOME, { [`${lab}/lab.ts`]: 'mine\n' });
  const { status, stdout } = interleave(project.root, ['solution', '14.1'], env);
  expect(status).toBe(0);
  expect(stdout).toContain('\x1b[31m-mine\x1b[39m\n\x1b[32m+export function add() {\x1b[39m\n');
});

test('solution --json is one document', () => {
  const env = learnerEnv();
  write(env.INTERLEAVE_HOME, {
    [`${lab}/lab.ts`]: 'mine\n',
    [`${lab}/threads/counter.ts`]: 'export const counter = 0;\n',
  });
  const document = JSON.parse(interleave(project.root, ['solution', '14.1', '--yes', '--json'], env).stdout);
  expect(document).toEqual({
    lab: '14.1',
    files: [
      { path: 'lab.ts', text: 'export function add() {\n  return 1;\n}\n' },
      { path: 'threads/counter.ts', text: 'export const counter = 0;\n' },
    ],
    why: '# Why\n\nOne step cannot be\ninterrupted.\n',
    difference:
      '--- yours/lab.ts\n+++ solution/lab.ts\n@@ -1,1 +1,3 @@\n-mine\n+export function add() {\n+  return 1;\n+}\n',
  });
});

test('a learner without a copy, with a huge one or with a folder in its place gets the solution', () => {
  const env = learnerEnv();
  const show = () => interleave(project.root, ['solution', '14.1', '--yes'], env);
  expect(show().stdout).toContain('You have no copy of this lab yet.');
  write(env.INTERLEAVE_HOME, { [`${lab}/lab.ts`]: 'x'.repeat(2 * 1024 * 1024) });
  expect(show().stdout).toContain('yours/lab.ts is too long to be compared.');
  rmSync(join(env.INTERLEAVE_HOME, lab, 'lab.ts'));
  write(env.INTERLEAVE_HOME, { [`${lab}/lab.ts/inside`]: '', [`${lab}/threads/counter.ts`]: '' });
  expect(show().stdout).toContain('--- yours/lab.ts (not there)');
});

test('a course without the solution says so', () => {
  const { status, stdout, stderr } = interleave(project.root, ['solution', '14.2', '--yes'], learnerEnv());
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toContain('The solution of 14.2-deposit is not here (lab.ts: ENOENT).');
});

/** Runs `solution 14.1` or another at a terminal, presses keys when it asks, and gives the screen and the exit code. */
async function answer(
  keys: string,
  env: NodeJS.ProcessEnv,
  command = ['solution', '14.1'],
): Promise<{ screen: string; exitCode: number }> {
  const terminal = spawnTerminal(process.execPath, [join(project.root, 'runner/launch.mjs'), ...command], {
    cols: 80,
    rows: 24,
    cwd: project.root,
    env,
  });
  let screen = '';
  terminal.onData((data) => {
    const hadAsked = screen.includes('(y/N)');
    screen += data;
    if (!hadAsked && screen.includes('(y/N)')) terminal.write(keys);
  });
  const { exitCode } = await new Promise<{ exitCode: number }>((resolve) => terminal.onExit(resolve));
  return { screen, exitCode };
}

test.each([
  ['no', 'n\r'],
  ['just Enter', '\r'],
  ['Ctrl-C', '\x03'],
  ['Ctrl-D', '\x04'],
])('at a terminal it asks, and %s is a no', async (_, keys) => {
  const env = learnerEnv({ TERM: 'dumb' });
  const { screen, exitCode } = await answer(keys, env);
  const asked = 'You have not passed 14.1-lost-updates yet. Show its solution all the same? (y/N)';
  expect(screen.replaceAll(/\s+/g, ' ')).toContain(asked);
  expect(screen).toContain('Then not. "npx interleave hint 14.1"');
  expect(screen).not.toContain('One way to do');
  expect(exitCode).toBe(0);
  expect(withProgress(env, (progress) => progress.hasSeenSolution('14.1'))).toBe(false);
});

test('at a terminal a yes shows it', async () => {
  const env = learnerEnv({ TERM: 'xterm' });
  const { screen, exitCode } = await answer('y\r', env);
  expect(screen).toContain('One way to do 14.1-lost-updates');
  expect(exitCode).toBe(0);
  expect(withProgress(env, (progress) => progress.hasSeenSolution('14.1'))).toBe(true);
});

test('reset --diff shows what an update has changed in the starter, and changes nothing', () => {
  const env = learnerEnv({ COLUMNS: '60' });
  const starter = join(project.root, 'labs/04-event-loop/1-order/lab.ts');
  const before = readFileSync(starter, 'utf8');
  interleave(project.root, ['reset', '04.1'], env);
  const mine = join(env.INTERLEAVE_HOME, 'workspace/04-event-loop/1-order/lab.ts');
  expect(interleave(project.root, ['reset', '04.1', '--diff'], env)).toMatchObject({
    status: 0,
    stdout: "Your copy of 04.1-order lacks nothing that the course's starter has.\n",
  });
  write(project.root, { 'labs/04-event-loop/1-order/lab.ts': 'export const order = [1];\n' });
  expect(interleave(project.root, ['reset', '04.1', '--diff'], env).stdout).toMatchInlineSnapshot(`
    "--- lab.ts (as you began)
    +++ lab.ts (as it is now)
    @@ -1,1 +1,1 @@
    -export const order = [];
    +export const order = [1];

    You have not changed your lab.ts: a reset brings this one
    and costs you nothing.

    "
  `);
  expect(JSON.parse(interleave(project.root, ['reset', '04.1', '--diff', '--json'], env).stdout)).toEqual({
    lab: '04.1',
    changes: [{ path: 'lab.ts', before, now: 'export const order = [1];\n', isEdited: false }],
  });
  expect(readFileSync(mine, 'utf8')).toBe(before);
  write(project.root, { 'labs/04-event-loop/1-order/lab.ts': before });
});

test('at a terminal a reset asks, unless it is told not to', async () => {
  const env = learnerEnv({ TERM: 'xterm' });
  write(env.INTERLEAVE_HOME, { [`${lab}/lab.ts`]: 'mine' });
  const file = join(env.INTERLEAVE_HOME, lab, 'lab.ts');
  const no = await answer('\r', env, ['reset', '14.1']);
  expect(no.screen).toContain('Put your copy of 14.1-lost-updates aside and begin afresh? (y/N)');
  expect(no.screen).toContain('Then not. Your copy is as it was.');
  expect(readFileSync(file, 'utf8')).toBe('mine');
  expect((await answer('y\r', env, ['reset', '14.1'])).screen).toContain('What you had is in');
  write(env.INTERLEAVE_HOME, { [`${lab}/lab.ts`]: 'mine again' });
  const told = await answer('', env, ['reset', '14.1', '--yes']);
  expect(told.screen).not.toContain('(y/N)');
  expect(readFileSync(file, 'utf8')).not.toContain('mine');
});
