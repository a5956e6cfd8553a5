// `demo` as it is typed. The demos are those of test/fixtures/demos, in the small course.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { courseRoot } from '../../runner/course/paths.ts';
import { openProgress } from '../../runner/progress/progress.ts';
import { temporaryFolder } from '../course/course-fixture.ts';
import { processesLeft, processesOf } from '../harness/processes.ts';
import { keys, Person } from '../harness/pty.ts';
import { interleave, learnerEnv, useProject } from './project-fixture.ts';

function fixture(name: string): string {
  const source = readFileSync(join(courseRoot, 'test/fixtures/demos', name), 'utf8');
  // Beside real demos only what has a second dot in its name is no demo.
  return source.replace('./spin.ts', './the.spin.ts').replaceAll(/console\.log\('.*'\)/g, '{}');
}

const demos = 'lessons/14-race-conditions/demos';
const project = useProject({
  [`${demos}/the.spin.ts`]: fixture('spin.ts'),
  [`${demos}/lost-updates.ts`]: fixture('honest.ts'),
  [`${demos}/lost-wakeups.ts`]: fixture('amounts.ts').replace('let ticks', "console.log('hello \\x1b[2J');\nlet ticks"),
  [`${demos}/rigged.ts`]: fixture('rigged.ts'),
  [`${demos}/stuck.ts`]: fixture('stuck.ts'),
});

/** An environment by which everything that was started is found again. */
function tracedEnv(changes: NodeJS.ProcessEnv = {}) {
  const tmp = temporaryFolder();
  return { ...learnerEnv(changes), TMPDIR: tmp };
}

/** What the learner's progress keeps of a demo. */
function kept(id: string, env: NodeJS.ProcessEnv): unknown {
  const progress = openProgress(env);
  const measurement = progress.measurement(id);
  progress.close();
  return measurement?.report;
}

test('demo --json prints one document in the shape that scripts rely on, and keeps it', () => {
  const env = learnerEnv();
  const { status, stdout, stderr } = interleave(project.root, ['demo', '14/lost-updates', '--json'], env);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const document = JSON.parse(stdout);
  const number = expect.any(Number);
  const estimate = { median: number, low: number, high: number };
  const judged = {
    about: 'work',
    reason: expect.any(String),
    why: expect.any(String),
    measured: expect.stringMatching(/^\d.* \(\d.* to \d.*\)$/),
    verdict: expect.stringMatching(/^(holds|within-limits|does-not-hold|too-noisy)$/),
  };
  expect(document).toEqual({
    id: '14/lost-updates',
    title: 'Once and three times',
    claims: ['F01', 'F02'],
    variants: [
      { name: 'three times', unit: 'ms', ...estimate, runs: number, repeats: number },
      { name: 'once', unit: 'ms', ...estimate, runs: number, repeats: number },
    ],
    ratios: [
      {
        name: 'work',
        of: 'three times',
        over: 'once',
        kind: 'work',
        unit: 'ms',
        ...estimate,
        halfWidth: number,
        pairs: number,
      },
    ],
    verdicts: [
      { claim: 'F01', says: 'Three times the work takes longer.', holds: [1.3, 8], ...judged },
      { claim: 'F02', says: 'It takes a hundred times as long.', holds: [90, 110], ...judged },
    ],
    othersShare: number,
    pace: 'full',
    isStopped: false,
    machine: expect.stringMatching(/^\d+ cores?, .*, Node \d+\.\d+$/),
    numbers: { 'three-times': number, once: number, work: number },
  });
  expect(kept('14/lost-updates', env)).toEqual(document);
});

test.each(['14/lost-wakeups', 'lost-wakeups', 'race-conditions/lost-wakeups', `${demos}/lost-wakeups.ts`])(
  'demo %s prints bars, a table and verdicts; what the demo itself prints is escaped and beside it',
  (id) => {
    const env = learnerEnv({ COLUMNS: '60' });
    const run = interleave(project.root, ['demo', id, '--quick'], env);
    expect(run).toMatchObject({ status: 0, stderr: 'The demo printed:\nhello \\x1b[2J\n\n' });
    // Said only when others took some of the machine.
    expect(run.stdout.replace(/Others took .*meanwhile\.\n\n/, '')).toMatchInlineSnapshot(`
      "Counted

      many  201 ticks  ###########################################
      few    20 ticks  ####

               median     95 % interval  runs
      many  201 ticks  200 to 202 ticks     8
      few    20 ticks    20 to 20 ticks     8

      more  10.1 (10.0 to 10.1), 8 pairs
            "many" is 10.1 times as much as "few".

      F22  Ten times as many.
           Measured: 10.1 (10.0 to 10.1).
           Verdict: holds; all of the interval is between 9 and
           11.

      F50  There are none.
           Measured: 20 ticks (20 to 20 ticks).
           Verdict: does not hold here; all of the interval is
           outside of what is claimed, which is below 0.5 ticks.
      "
    `);
    expect(kept('14/lost-wakeups', env)).toMatchObject({ pace: 'quick' });
  },
);

test('demo --svg and --html write the bars of what was measured', () => {
  const folder = temporaryFolder();
  const [svg, html] = [join(folder, 'lost.svg'), join(folder, 'lost.html')];
  const args = ['demo', 'lost-wakeups', '--quick', '--json', '--svg', svg, '--html', html];
  const { status, stdout, stderr } = interleave(project.root, args, learnerEnv());
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ id: '14/lost-wakeups' });
  expect(stderr).toContain(`The picture is in ${svg}\n`);
  expect(readFileSync(svg, 'utf8')).toMatch(/^<svg xmlns=.*>many<\/text>.*14\/lost-wakeups, measured on .*<\/svg>\n$/s);
  expect(readFileSync(html, 'utf8')).toMatch(/^<!doctype html>.*Verdict: does not hold here.*<\/html>\n$/s);
});

test.each([
  ['--svg', 'lost.png', '--svg writes a file whose name ends with .svg, and "lost.png" does not.'],
  ['--html', 'lost.svg', '--html writes a file whose name ends with .html'],
  ['--svg', 'no/such/folder/lost.svg', 'lost.svg cannot be written (ENOENT: '],
  ['--svg', 'lessons/14-race-conditions/demos/a.svg', 'a.svg is a folder.'],
])('demo %s %s is refused before anything is measured', (option, file, message) => {
  mkdirSync(join(project.root, demos, 'a.svg'), { recursive: true });
  const run = interleave(project.root, ['demo', 'stuck', option, file], learnerEnv());
  expect(run).toMatchObject({ status: 2, stdout: '' });
  expect(run.stderr).toContain(message);
  expect(run.stderr).toContain('\nNext: ');
});

test('a demo whose variant does no work is refused', () => {
  const { status, stdout, stderr } = interleave(project.root, ['demo', '14/rigged', '--json'], learnerEnv());
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toMatch(/demos\/rigged\.ts: "rigged" did not do its work: its check refuses the result 0: it is not/);
  expect(stderr).toMatch(/\nNext: What does not do the work cannot be compared\./);
});

test.each([
  [[], '"demo" needs the ID of a demo.', 'The demos are: 04/late-timer, 14/lost-updates, 14/lost-wakeups, 14/rigged'],
  [['14'], '"14" is a lesson, not a demo.', 'Type one of its demos: 14/lost-updates, 14/lost-wakeups, 14/rigged'],
  [['locks'], '"locks" is a lesson, not a demo.', 'It has no demos. The demos are: 04/late-timer'],
  [['14/lost-update'], 'There is no demo "14/lost-update".', 'Did you mean 14/lost-updates?'],
  [['lost'], 'There is no demo "lost".', 'Did you mean 14/lost-updates or 14/lost-wakeups?'],
  [['\x1b[2J'], 'There is no demo "\\x1b[2J".', 'The demos are: 04/late-timer'],
  [['4/late-timer'], 'late-timer.ts: This demo exports no demo.', 'It should end with: export default demo('],
])('demo %j: says what there is', (args, message, next) => {
  const { status, stdout, stderr } = interleave(project.root, ['demo', ...args], learnerEnv());
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toContain(`${message}\nNext: ${next}`);
});

test('SIGINT ends it with one document of what was measured so far, which is not kept', async () => {
  const env = tracedEnv();
  const child = spawn(
    process.execPath,
    [join(project.root, 'runner/launch.mjs'), 'demo', '14/lost-updates', '--json'],
    {
      cwd: project.root,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  await started(env.TMPDIR);
  child.kill('SIGINT');
  const [stdout, stderr, [status]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  expect({ status, stderr }).toEqual({ status: 130, stderr: '' });
  expect(JSON.parse(stdout)).toMatchObject({ id: '14/lost-updates', isStopped: true });
  expect(kept('14/lost-updates', env)).toBeUndefined();
  expect(await processesLeft(env.TMPDIR)).toEqual([]);
});

test('Ctrl-C at a terminal: the line that moved is gone, what was measured is shown', async () => {
  const env = tracedEnv();
  const person = demoAtATerminal(['14/lost-updates'], env, 60);
  await person.sees(/\[#*-+\] three times \/ once: [3-9] rounds/);
  person.press(keys.ctrlC);
  const screen = await person.sees('To know more');
  expect(await person.exit).toMatchObject({ exitCode: 130 });
  expect(screen).toContain('Stopped: this is what was measured until then.');
  expect(screen).toMatch(/^three times +\d.* ms {2}#+$/m);
  expect(screen).toMatch(/Verdict: too noisy to tell; \d pairs are too few; at\n +least 10 are needed\./);
  expect(screen).toMatch(
    /^To know more, measure again when the machine has less to do,\nand let it run to its end\.$/m,
  );
  expect(screen).not.toContain('rounds');
  expect(Math.max(...screen.split('\n').map((line) => line.length))).toBeLessThanOrEqual(60);
  expect(await processesLeft(env.TMPDIR)).toEqual([]);
});

test('Ctrl-C twice does not wait for a demo that got stuck', async () => {
  const env = tracedEnv();
  const person = demoAtATerminal(['stuck'], env, 200);
  const text = await person.sees(/looping: \d+ rounds/);
  // It is stuck when nothing moves any more.
  for (let [before, now] = ['', text]; before !== now; [before, now] = [now, roundsOn(person)]) await sleep(500);
  person.press(keys.ctrlC);
  await person.sees('stopping after this round');
  person.press(keys.ctrlC);
  expect(await person.exit).toMatchObject({ exitCode: 130 });
  expect(await processesLeft(env.TMPDIR)).toEqual([]);
});

test('a terminal that cannot move its cursor is told once what it waits for', async () => {
  const person = demoAtATerminal(['lost-wakeups', '--quick'], { ...tracedEnv(), TERM: 'dumb' }, 60);
  const screen = await person.sees('F50');
  expect(await person.exit).toMatchObject({ exitCode: 0 });
  expect(screen).toContain('Measuring for up to 2 s.\nCtrl-C ends it with what was measured so far.');
  expect(person.raw).not.toContain('\x1b');
});

test('a program that is killed takes its demo along', async () => {
  const env = tracedEnv();
  const child = spawn(process.execPath, [join(project.root, 'runner/launch.mjs'), 'demo', '14/lost-updates'], {
    cwd: project.root,
    env,
    stdio: 'ignore',
  });
  await started(env.TMPDIR);
  child.kill('SIGKILL');
  expect(await processesLeft(env.TMPDIR)).toEqual([]);
});

function demoAtATerminal(args: readonly string[], env: NodeJS.ProcessEnv, columns: number): Person {
  const command = [join(project.root, 'runner/launch.mjs'), 'demo', ...args];
  return new Person(process.execPath, command, { columns, rows: 50, cwd: project.root, env });
}

function roundsOn(person: Person): string {
  return /\d+ rounds/.exec(person.screen())?.[0] ?? '';
}

/** Until the demo's own process is there. */
async function started(tmp: string): Promise<void> {
  while (!processesOf(tmp).some((process) => process.includes('demo-main.ts'))) await sleep(20);
}
