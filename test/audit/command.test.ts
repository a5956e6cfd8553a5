// `audit` as an author and as continuous integration run it: a program of its own, exit codes, a terminal.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Person } from '../harness/pty.ts';
import { addProgram, labFolder, plant, solution, type Edits } from './audited-course.ts';

function program(edits: Edits = {}): string {
  const root = plant(edits);
  addProgram(root);
  return root;
}

function env(): NodeJS.ProcessEnv {
  const { PATH, HOME } = process.env;
  return { PATH, HOME };
}

function audit(root: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['runner/launch.mjs', 'audit', ...args], {
    cwd: root,
    env: { ...env(), COLUMNS: '120' },
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

test('a course whose claims hold: exit code 0, a line for each lab and a summary', () => {
  const { status, stdout, stderr } = audit(program());
  expect(stdout).toMatch(
    /^ok {6}01\.1-average {2}5 of 5 wrong caught, 2 of 2 right accepted\n\n1 lab, 5 of 5 wrong solutions caught, 2 of 2 right ones accepted, 0 problems, \d+\.\d s\n$/,
  );
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});

test('problems: exit code 1, each with its place below its lab or the course, and how to go on', () => {
  const root = program({
    [`${solution}/wrong/starts-at-one/total.ts`]: ['what average divides', 'another thing'],
    'lessons/01-parts/lesson.md': ['demo halves', 'demo halfs'],
  });
  const { status, stdout } = audit(root, '--seed', 'abc');
  expect(status).toBe(1);
  const lines = stdout.split('\n');
  expect(lines[0]).toBe('FAILED  01.1-average  4 of 5 wrong caught, 2 of 2 right accepted');
  expect(lines[1]).toMatch(
    `        ${solution}/wrong/starts-at-one/total.ts:1: "averages" failed, but not with the words`,
  );
  expect(lines.slice(2, 4)).toEqual([
    'FAILED  the course',
    '        lessons/01-parts/lesson.md:19: there is no demo lessons/01-parts/demos/halfs.ts',
  ]);
  expect(stdout).toContain(', 2 problems, ');
  expect(stdout).toContain(
    'Next: mend the first one; CONTRIBUTING.md has the formats. --seed abc repeats these inputs.\n',
  );
});

test('--json: one document with the fields of the contract', () => {
  const root = program({
    [`${labFolder}/README.md`]: ['## When you are stuck', '## When stuck'],
    'lessons/01-parts/lesson.md': ['demo halves', 'demo halfs'],
  });
  const { status, stdout, stderr } = audit(root, '--json');
  expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
  expect(JSON.parse(stdout)).toMatchObject({
    labs: [
      {
        id: '01.1',
        path: '01-parts/1-average',
        ok: false,
        problems: [expect.stringMatching(`^${labFolder}/README.md:23: expected "## When you are stuck" here`)],
        wrong: 5,
        caught: 5,
        right: 2,
        accepted: 2,
      },
    ],
    problems: ['lessons/01-parts/lesson.md:19: there is no demo lessons/01-parts/demos/halfs.ts'],
    suites: { wrong: 5, caught: 5, right: 2, accepted: 2 },
    repeat: 1,
  });
});

test('one lab: what is wrong elsewhere is not asked for', () => {
  const root = program({ 'lessons/01-parts/lesson.md': ['demo halves', 'demo halfs'] });
  const { status, stdout } = audit(root, `./${labFolder}/`, '--json');
  expect({ status, problems: JSON.parse(stdout).problems }).toEqual({ status: 0, problems: [] });
});

test('no lab, a problem; no such lab or option, exit code 2 with the next step', () => {
  const root = program({ labs: null, solutions: null });
  const nothing = audit(root, '--json');
  expect(nothing.status).toBe(1);
  expect(JSON.parse(nothing.stdout)).toMatchObject({
    labs: [],
    problems: expect.arrayContaining(['labs: holds no lab: an audit of nothing proves nothing']),
  });
  for (const [args, message] of [
    [['01.1'], /There is no lab "01\.1"\.\nNext: /],
    [['01'], /"01" is a lesson, not a lab\.\nNext: /],
    [['--repeat', '0'], /--repeat is a whole number from 1 to 9999, not "0"\.\nNext: /],
    [['--jobs=many'], /--jobs is a whole number/],
    [['01.1', '01.2'], /has no use for "01\.2"/],
  ] as const) {
    const { status, stdout, stderr } = audit(root, ...args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(message);
  }
});

test('at a terminal an audit that takes long says how far it is, and takes that away again', async () => {
  const root = program();
  const person = new Person(
    process.execPath,
    [join(root, 'runner/launch.mjs'), 'audit', '--repeat', '3', '--jobs', '1'],
    {
      cwd: root,
      env: { ...env(), TERM: 'xterm-256color' },
    },
  );
  await person.sees(/\d+ of 27 proofs/);
  const { exitCode } = await person.exit;
  expect(exitCode).toBe(0);
  const screen = await person.sees(/each proof 3\s+times, 0 problems, \d+\.\d s/);
  expect(screen).not.toContain('of 27 proofs');
});
