// Programs of a lesson in processes of their own: what comes of those that do not simply print and end.
import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { courseRoot } from '../../runner/course/paths.ts';
import { runProgram } from '../../runner/tutor/reader-program.ts';
import { processesLeft } from '../harness/processes.ts';
import { temporaryFolder } from '../course/course-fixture.ts';

const hasPython = spawnSync('python3', ['--version']).status === 0;

async function run(name: string, signal = new AbortController().signal) {
  const tmp = temporaryFolder();
  let output = '';
  const ending = await runProgram({
    root: courseRoot,
    file: `test/fixtures/reader/programs/${name}`,
    env: { ...process.env, TMPDIR: tmp },
    signal,
    onOutput: (text) => (output += text),
  });
  const left = process.platform === 'linux' ? await processesLeft(tmp) : [];
  return { ending, output, left };
}

test('one that prints without end is ended, and its first lines are kept', async () => {
  const { ending, output, left } = await run('floods.ts');
  expect(ending).toBe('It was ended: it printed more than a page can show.');
  expect(output).toMatch(/^line 0\nline 1\n/);
  expect(output.split('\n').length).toBeLessThanOrEqual(200);
  expect(left).toEqual([]);
});

test('one that fails says so, with what it said', async () => {
  const { ending, output } = await run('fails.ts');
  expect(ending).toBe('It ended with exit code 1.');
  expect(output).toMatch(/^before\n[^]*Error: on purpose/);
});

test('what it leaves running is ended with it', async () => {
  expect(await run('leaves-one.ts')).toEqual({ ending: '', output: 'over\n', left: [] });
});

test.runIf(hasPython)('one is not waited for because something else holds its output', async () => {
  let output = '';
  const ending = await runProgram({
    root: courseRoot,
    file: 'test/fixtures/reader/programs/leaves-a-reader.py',
    env: process.env,
    signal: new AbortController().signal,
    onOutput: (text) => (output += text),
  });
  expect(ending).toBe('');
  // It left the group, so nobody knows it. It is still there, or this throws.
  process.kill(Number(output), 'SIGKILL');
});

test('one that is not there, and a Python that is not there', async () => {
  expect((await run('nowhere.ts')).ending).toBe('It ended with exit code 1.');
  const { PATH } = process.env;
  process.env.PATH = temporaryFolder();
  try {
    expect((await run('two.py')).ending).toBe('This machine has no python3.');
  } finally {
    process.env.PATH = PATH;
  }
});
