// `test` as it is typed: text and JSON, exit codes, what counts as progress.
import { once } from 'node:events';
import { cpSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { openProgress } from '../../runner/progress/progress.ts';
import type { Verdict } from '../../runner/judge/verdict.ts';
import { makeRunnableCourse, type RunnableCourse } from '../harness/course.ts';
import { processesLeft } from '../harness/processes.ts';
import { keys, Person } from '../harness/pty.ts';
import { interleave } from './project-fixture.ts';

const first = '11-numbers/1-double';
const second = '11-numbers/2-sum';
const endless = 'export function double(): number {\n  for (;;);\n}\n';

function begin(course: RunnableCourse, lab: string, text?: string): void {
  mkdirSync(join(course.workspace, lab), { recursive: true });
  if (text === undefined) copyFileSync(course.solution(lab), course.file(lab));
  else writeFileSync(course.file(lab), text);
  if (lab === second) writeFileSync(join(course.workspace, lab, 'zero.ts'), 'export const zero = 0;\n');
}

function run(course: RunnableCourse, args: readonly string[], cwd = course.root) {
  const { status, stdout, stderr } = interleave(course.root, ['test', ...args], course.env, { cwd });
  return { status, stdout, stderr };
}

function json(
  course: RunnableCourse,
  args: readonly string[],
  cwd?: string,
): { status: number | null; document: Verdict } {
  const { status, stdout } = run(course, [...args, '--json'], cwd);
  return { status, document: JSON.parse(stdout) as Verdict };
}

function statusOf(course: RunnableCourse, lab: string): string {
  const progress = openProgress({ INTERLEAVE_HOME: course.root });
  const status = progress.status(lab);
  progress.close();
  return status;
}

test('a pass: exit code 0, and it counts', () => {
  const course = makeRunnableCourse();
  begin(course, first);
  expect(json(course, ['11.1'])).toMatchObject({
    status: 0,
    document: {
      lab: '11.1',
      verdict: 'passed',
      ending: 'completed',
      message: '',
      tests: [
        { name: 'doubles', status: 'passed', message: '', ms: expect.any(Number) },
        { name: 'doubles zero', status: 'passed', message: '', ms: expect.any(Number) },
      ],
      ms: expect.any(Number),
    },
  });
  expect(statusOf(course, '11.1')).toBe('passed');
  const { stdout } = run(course, ['11.1', '--seed', 'a1']);
  expect(stdout).toMatch(/Passed: all 2 tests, in .*\nThe same inputs again: --seed a1\n/);
});

test('a failure: exit code 1, in the words of the lesson; the same seed gives the same inputs', () => {
  const course = makeRunnableCourse();
  begin(course, first, 'export const double = (x: number) => x;\n');
  const { status, stdout, stderr } = run(course, ['double']);
  expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
  expect(stdout).toContain(`Lab 11.1: Twice as much\nworkspace/${first}\n`);
  expect(stdout).toContain('Not yet: 1 of 2 tests passed');
  const asked = /double\((\d+)\) to be/.exec(stdout)?.[1];
  const seed = /--seed (\w+)/.exec(stdout)?.[1] ?? '';
  expect(run(course, ['11.1', '--seed', seed]).stdout).toContain(`double(${asked}) to be`);
  expect(statusOf(course, '11.1')).toBe('started');
});

test.for([
  ['not-runnable', 'syntax-error', 'export function double(x { return x; }\n'],
  ['not-runnable', 'import-error', 'throw new Error("no");\n'],
  ['not-runnable', 'missing-export', 'export const twice = 2;\n'],
  ['timed-out', 'time', endless],
  ['crashed', 'exit', 'export function double() { process.exit(0); }\n'],
] as const)('%s (%s): exit code 1, and the same document', ([verdict, ending, text]) => {
  const course = makeRunnableCourse();
  begin(course, first, text);
  const { status, document } = json(course, ['11.1']);
  expect({ status, ...document }).toMatchObject({ status: 1, verdict, ending });
  expect(document.message).toMatch(/Happened: /);
  expect(document.tests.map(({ name }) => name)).toEqual(['doubles', 'doubles zero']);
});

test('without LAB: every lab that was begun, or the one in whose copy the caller stands', () => {
  const course = makeRunnableCourse();
  begin(course, first);
  begin(course, second, 'export const sum = () => 7;\n');
  const text = run(course, []);
  expect(text.status).toBe(1);
  expect(text.stdout).toMatch(/Lab 11\.1[^]*Passed: all 2 tests[^]*Lab 11\.2[^]*Happened: {2}It was 7/);
  const { status, stdout } = run(course, ['--json']);
  const { verdicts } = JSON.parse(stdout) as { verdicts: Verdict[] };
  expect(status).toBe(1);
  expect(verdicts.map(({ lab, verdict }) => [lab, verdict])).toEqual([
    ['11.1', 'passed'],
    ['11.2', 'failed'],
  ]);
  expect(json(course, [], join(course.workspace, second))).toMatchObject({ status: 1, document: { lab: '11.2' } });
});

test('--file: a file in the place of the first one, or a folder of all, from where the caller is; it does not count', () => {
  const course = makeRunnableCourse();
  const folder = join(course.root, 'elsewhere');
  mkdirSync(folder);
  copyFileSync(course.solution(second), join(folder, 'mine.ts'));
  // zero.ts comes from the starter.
  expect(json(course, ['11.2', '--file', 'mine.ts'], folder)).toMatchObject({
    status: 0,
    document: { verdict: 'passed' },
  });
  expect(json(course, ['11.2', '--file', `solutions/${second}`])).toMatchObject({ status: 0 });
  const lacking = run(course, ['11.2', '--file', 'elsewhere']);
  expect(lacking).toMatchObject({ status: 2, stdout: '' });
  expect(lacking.stderr).toContain(
    'There is no lab.ts in elsewhere.\nNext: A folder is judged when it holds all files',
  );
  expect(statusOf(course, '11.2')).toBe('new');
});

test('a path starts where the shell is, also when npm runs the course in its own folder', () => {
  const course = makeRunnableCourse();
  const folder = join(course.workspace, second);
  mkdirSync(folder, { recursive: true });
  cpSync(join(course.solution(second), '..'), folder, { recursive: true });
  const npms = { INIT_CWD: folder, npm_package_json: join(course.root, 'package.json') };
  const judged = interleave(course.root, ['test', '--file', 'lab.ts', '--json'], { ...course.env, ...npms });
  expect({ status: judged.status, document: JSON.parse(judged.stdout) }).toMatchObject({
    status: 0,
    document: { lab: '11.2', verdict: 'passed' },
  });
});

test('a lab that was not begun is judged as the course made it, and that does not count', () => {
  const course = makeRunnableCourse();
  const { status, stdout } = run(course, ['11.1']);
  expect(status).toBe(1);
  expect(stdout).toContain(`labs/${first} (not your copy in workspace/, so it does not`);
  expect(statusOf(course, '11.1')).toBe('new');
});

test('a copy whose file was deleted is not judged as the course made it', () => {
  const course = makeRunnableCourse();
  mkdirSync(dirname(course.file(first)), { recursive: true });
  const { status, stdout } = run(course, ['11.1']);
  expect(status).toBe(1);
  expect(stdout).toMatch(/Could not be run[^]*lab\.ts is not there/);
});

test.for([
  [[], 'you have not begun any lab'],
  [['11.3'], 'There is no lab "11.3".'],
  [['11.1', '--file', 'no-such-file.ts'], 'There is no file or folder "no-such-file.ts".'],
  [['11.1', '--file', '/dev/null'], '/dev/null is neither a file nor a folder.'],
  [['11.1', '--seed', ''], '--seed needs a text.'],
  [['11.1', '--nonsense'], "Unknown option '--nonsense'"],
  [['11.1', '11.2'], '"test" has no use for "11.2".'],
] as const)('wrong usage %o: exit code 2, a next step, nothing on stdout', ([args, words]) => {
  const { status, stdout, stderr } = run(makeRunnableCourse(), [...args, '--json']);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toContain(words);
  expect(stderr).toMatch(/\nNext: .+\n$/);
});

test('a lab whose suite and manifest disagree is wrong content: exit code 2', () => {
  const course = makeRunnableCourse();
  begin(course, first);
  writeFileSync(
    join(course.root, 'labs', first, 'lab.json'),
    '{"title": "T", "files": ["lab.ts"], "tests": {"doubles": 1}}',
  );
  expect(run(course, ['11.1'])).toMatchObject({ status: 2, stdout: '' });
});

test('at a terminal a long run names its test, and Ctrl-C ends it with nothing left', async () => {
  const course = makeRunnableCourse();
  begin(course, first, endless);
  const person = new Person(process.execPath, [course.launcher, 'test', '11.1'], { cwd: course.root, env: course.env });
  await person.sees('Running "doubles"');
  person.press(keys.ctrlC);
  expect(await person.exit).toMatchObject({ exitCode: 130 });
  expect(person.raw).not.toContain('\x1b[?25l');
  expect(person.all()).not.toContain('Running');
  if (process.platform === 'linux') expect(await processesLeft(course.tmp)).toEqual([]);
});

test('--inspect says how to attach and waits; when the port is taken it says so', async () => {
  const course = makeRunnableCourse();
  begin(course, first);
  const taken = createServer();
  while (!(await listensOn(taken, 9229))) await sleep(200);
  expect(run(course, ['11.1', '--inspect'])).toMatchObject({ status: 3, stdout: '' });
  taken.close();
  await once(taken, 'close');
  const person = new Person(process.execPath, [course.launcher, 'test', '11.1', '--inspect'], {
    cwd: course.root,
    env: course.env,
  });
  await person.sees('chrome://inspect');
  expect(person.screen()).toContain('127.0.0.1:9229');
  person.press(keys.ctrlC);
  expect(await person.exit).toMatchObject({ exitCode: 130 });
  if (process.platform === 'linux') expect(await processesLeft(course.tmp)).toEqual([]);
});

/** The port is the debugger's own: another test, or a person at this machine, may be using it. */
async function listensOn(server: Server, port: number): Promise<boolean> {
  server.listen(port, '127.0.0.1');
  return await once(server, 'listening').then(
    () => true,
    () => false,
  );
}

test('an update of the starter is told once, beside the verdict', () => {
  const course = makeRunnableCourse();
  interleave(course.root, ['reset', '11.1'], course.env);
  const starter = join(course.root, 'labs', first, 'lab.ts');
  writeFileSync(starter, `${readFileSync(starter, 'utf8')}// A better comment.\n`);
  const notice = /newer starter for this lab \(lab\.ts\).*"npx\s+interleave\s+reset 11\.1 --diff"/s;
  expect(run(course, ['11.1']).stdout).toMatch(notice);
  expect(run(course, ['11.1']).stdout).not.toContain('newer starter');
});
