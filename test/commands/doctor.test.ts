// `doctor` as it is typed, on this machine and on ones that lack something.
import { chmodSync, mkdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeRunnableCourse, type RunnableCourse } from '../harness/course.ts';
import { processesLeft } from '../harness/processes.ts';
import { Person } from '../harness/pty.ts';
import { interleave } from './project-fixture.ts';

interface Check {
  name: string;
  ok: boolean;
  detail: string;
  next: string;
  needed: boolean;
}

function doctor(
  course: RunnableCourse,
  env: NodeJS.ProcessEnv = {},
): { status: number | null; checks: Record<string, Check> } {
  const { status, stdout } = interleave(course.root, ['doctor', '--json'], { ...course.env, ...env });
  const { checks } = JSON.parse(stdout) as { checks: Check[] };
  return { status, checks: Object.fromEntries(checks.map((check) => [check.name, check])) };
}

test('on this machine all that is needed is there; each check has words, each lack a next step; nothing stays', async () => {
  const course = makeRunnableCourse();
  const { status, checks } = doctor(course);
  expect(status).toBe(0);
  for (const { ok, needed, detail, next } of Object.values(checks)) {
    expect(detail).not.toBe('');
    expect(next === '').toBe(ok);
    expect(ok || !needed).toBe(true);
  }
  expect(checks.Node?.detail).toContain(process.version);
  const isBrought = process.execPath.startsWith(realpathSync(join(course.root, 'node_modules')));
  expect(checks.Node?.detail).toContain(isBrought ? 'came with the course' : 'your own');
  expect(checks.judge?.detail).toContain('lab 11.1');
  if (process.platform === 'linux') {
    expect(checks['process times']).toMatchObject({ ok: true });
    expect(checks['stuck programs']).toMatchObject({ ok: true });
    expect(await processesLeft(course.tmp)).toEqual([]);
  }
});

test('a temporary folder that is none: needed, so exit code 3', () => {
  const course = makeRunnableCourse();
  writeFileSync(join(course.root, 'a-file'), '');
  const { status, checks } = doctor(course, { TMPDIR: join(course.root, 'a-file') });
  expect(status).toBe(3);
  expect(checks['temporary folder']).toMatchObject({ ok: false, needed: true });
  expect(checks.judge).toMatchObject({ ok: false });
});

test('a workspace that cannot be: needed, so exit code 3; and progress says why it is not kept', () => {
  const course = makeRunnableCourse();
  const file = join(course.root, 'a-file');
  writeFileSync(file, '');
  const { status, checks } = doctor(course, { INTERLEAVE_HOME: file });
  expect(status).toBe(3);
  expect(checks.workspace).toMatchObject({ ok: false, needed: true });
  expect(checks.workspace?.next).toContain('INTERLEAVE_HOME');
  expect(checks.progress?.detail).toContain('Your progress is not saved');
  expect(checks.saves).toMatchObject({ ok: false, needed: false });
});

test('editors and Python are found, or missed without harm', () => {
  const course = makeRunnableCourse();
  const bin = join(course.root, 'bin');
  mkdirSync(bin);
  expect(doctor(course, { PATH: bin })).toMatchObject({
    status: 0,
    checks: {
      editor: { ok: false, needed: false },
      python3: { ok: false, needed: false, next: expect.stringContaining('To get Python 3.9 or newer') },
    },
  });
  for (const [name, text] of [
    ['code', ''],
    ['python3', `echo '${JSON.stringify({ version: [3, 99, 0], implementation: 'CPython', hasGil: false })}'`],
  ] as const) {
    writeFileSync(join(bin, name), `#!/bin/sh\n${text}\n`);
    chmodSync(join(bin, name), 0o755);
  }
  const { checks } = doctor(course, { PATH: bin });
  expect(checks.editor).toMatchObject({ ok: true, detail: 'code (from code)' });
  expect(checks.python3).toMatchObject({
    ok: true,
    detail: expect.stringMatching(/^Python 3\.99\.0, which has no GIL/),
  });
  const npms = { EDITOR: 'vi', npm_lifecycle_event: 'npx' };
  expect(doctor(course, { PATH: bin, ...npms }).checks.editor?.detail).toBe('code (from code)');
  expect(doctor(course, { PATH: bin, ...npms, npm_config_editor: 'vi' }).checks.editor?.detail).toBe(
    'vi (from $EDITOR)',
  );
  expect(doctor(course, { PATH: bin, EDITOR: 'vim -p' }).checks.editor?.detail).toBe('vim -p (from $EDITOR)');
});

test('a course without labs lacks what the judge could be tried on', () => {
  const course = makeRunnableCourse();
  rmSync(join(course.root, 'labs/11-numbers'), { recursive: true });
  expect(doctor(course)).toMatchObject({ status: 3, checks: { judge: { ok: false } } });
});

test.for([60, 200])('at a terminal of %i columns', async (columns) => {
  const course = makeRunnableCourse();
  const person = new Person(process.execPath, [course.launcher, 'doctor'], {
    cwd: course.root,
    env: course.env,
    columns,
    rows: 60,
  });
  expect(await person.exit).toMatchObject({ exitCode: 0 });
  await person.sees('All that is needed is here.');
  expect(person.screen().replaceAll(/\s+/g, ' ')).toContain(`${columns} columns, with colours, TERM=xterm-256color`);
  expect(
    Math.max(
      ...person
        .screen()
        .split('\n')
        .map((line) => line.length),
    ),
  ).toBeLessThanOrEqual(Math.min(columns, 88));
});
