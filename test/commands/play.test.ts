// `play` as it is typed: in a terminal with keys, and line by line where there is none.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { courseRoot } from '../../runner/course/paths.ts';
import { scenarioFile } from '../explorer/explored.ts';
import { keys, Person } from '../harness/pty.ts';
import { leftBy } from '../harness/tutor.ts';

const launcher = join(courseRoot, 'runner/launch.mjs');
const { PATH, HOME } = process.env;

function playPiped(file: string, input: string) {
  return spawnSync(process.execPath, [launcher, 'play', file], {
    cwd: courseRoot,
    env: { PATH, HOME },
    encoding: 'utf8',
    input,
  });
}

function playAtTerminal(file: string, env: NodeJS.ProcessEnv = {}): Person {
  const script = 'trap : INT; "$0" "$1" play "$2"; echo "ended with $?"; stty -a';
  return new Person('sh', ['-c', script, process.execPath, launcher, file], {
    cwd: courseRoot,
    env: { PATH, HOME, LANG: 'C.UTF-8', ...env },
  });
}

test('somebody breaks a lock, takes a step back, gives up, leaves', async () => {
  const person = playAtTerminal(scenarioFile('test-then-set'));
  const first = await person.sees('Whose turn is it?');
  expect(first).toMatch(/^0 steps, 0 preemptions \(the explorer: 6, 2\)/);
  expect(first).toMatch(/^0 {4}thread 0 {2}load taken\[0\]\n.*while \(Atomics\.load\(taken, 0\) !== 0\);/m);
  person.press('0');
  await person.sees(/^1 step, 0 preemptions/);
  person.press('1');
  await person.sees(/^2 steps, 1 preemption /);
  person.press(' ');
  await person.sees(/^3 steps/);
  person.press(' ');
  await person.sees(/^4 steps[^]*taken\[0\]: 1 {3}inside\[0\]: 0 -> 1/);
  person.press('0');
  await person.sees(/^5 steps/);
  person.press('0');
  await person.sees('That is as few as it takes.');
  person.press('b');
  await person.sees(/^5 steps[^]*Whose turn is it\?/);
  person.press('g');
  await person.sees('What the explorer found');
  person.resize(60, 20);
  await person.sees(/^The invariant does not hold after step 6: 2 are inside/);
  person.press('b');
  await person.sees(/^5 steps/);
  person.press('q');
  expect(await leftBy(person)).toMatchObject({ exitCode: 0, isAsBefore: true });
});

test('Ctrl-C leaves the terminal as it was', async () => {
  const person = playAtTerminal(scenarioFile('test-then-set'), { NO_COLOR: '1' });
  await person.sees('Whose turn is it?');
  person.press(keys.ctrlC);
  expect(await leftBy(person)).toMatchObject({ isAsBefore: true });
  expect(person.raw).not.toMatch(new RegExp(String.raw`\x1b\[3\dm`));
});

test('on a terminal that cannot move its cursor keys are typed', async () => {
  const person = playAtTerminal(scenarioFile('test-then-set'), { TERM: 'dumb' });
  await person.sees(/Whose turn is it\?[^]*>$/);
  person.press('0111\r');
  await person.sees(/4 steps, 1 preemption[^]*>$/);
  person.press('q\r');
  expect(await leftBy(person)).toMatchObject({ exitCode: 0, isAsBefore: true });
  expect(person.raw).not.toContain('\x1b[');
});

test('through a pipe a word is several turns, and the end of the input is the end', () => {
  const { status, stdout, stderr } = playPiped(scenarioFile('condition-without-lock'), '011100\n');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toContain('There is an order after which nobody can go on: find');
  expect(stdout.replaceAll(/\s+/g, ' ')).toContain(
    'Broken. Deadlock, by a lost wake-up: thread 0 sleeps on signals[0]',
  );
});

test('what cannot be played is refused with the next step', () => {
  const missing = playPiped('no-such-file.ts', '');
  expect(missing.status).toBe(2);
  expect(missing.stderr).toContain('There is no file no-such-file.ts.');
  const no = playPiped('runner/launch.mjs', '');
  expect(no.status).toBe(2);
  expect(no.stderr).toMatch(/exports neither `threads` nor `tasks`|scenario/);
});
