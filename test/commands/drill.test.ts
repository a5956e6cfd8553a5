// `drill order` as it is typed, without a terminal.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { letterOf } from '../../runner/drill/answer.ts';
import { makeDrill } from '../../runner/drill/drill.ts';
import { runReally, withProgramFile } from '../../runner/drill/real-run.ts';
import { openProgress } from '../../runner/progress/progress.ts';
import { temporaryFolder } from '../course/course-fixture.ts';
import { learnerEnv, useProject } from './project-fixture.ts';

const project = useProject();

function drill(
  args: readonly string[],
  { input = '', env = learnerEnv() }: { input?: string; env?: NodeJS.ProcessEnv } = {},
) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(project.root, 'runner/launch.mjs'), 'drill', ...args],
    { cwd: project.root, env, input, encoding: 'utf8' },
  );
  return { status, stdout, stderr };
}

function lettersFor(seed: number, level: 1 | 4, order: (lines: readonly string[]) => readonly string[]): string {
  const { shuffled, lines } = makeDrill(seed, level);
  return order(lines)
    .map((line) => letterOf(shuffled.indexOf(line)))
    .join(' ');
}

test('--json: a program and what it prints, the same for the same seed and level', async () => {
  const args = ['order', '--seed', '11', '--level', '4', '--json'];
  const { status, stdout, stderr } = drill(args);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(drill(args).stdout).toBe(stdout);
  const document = JSON.parse(stdout) as Record<string, unknown> & { program: string; lines: string[]; file: string };
  expect(Object.keys(document)).toEqual(['seed', 'level', 'format', 'file', 'program', 'lines', 'shuffled']);
  expect(document).toMatchObject({ seed: 11, level: 4 });
  const { lines } = await withProgramFile({ fileName: document.file, text: document.program }, (file) =>
    runReally(file, { env: process.env }),
  );
  expect(lines).toEqual(document.lines);
});

test('without an answer it prints one drill and how to answer', () => {
  const { status, stdout, stderr } = drill(['order', '--seed', '3', '--level', '1']);
  const { shuffled } = makeDrill(3, 1);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  for (const [index, line] of shuffled.entries()) expect(stdout).toContain(`${letterOf(index)}) ${line}`);
  expect(stdout).toContain('npx interleave drill order --seed 3 --level 1');
});

test('an answer on standard input: 0 when it is right, 1 when it is not, and both are remembered', () => {
  const env = learnerEnv();
  const tmp = temporaryFolder();
  env.TMPDIR = tmp;
  const right = drill(['order', '--seed', '3'], { input: `${lettersFor(3, 1, (lines) => lines)}\n`, env });
  expect(right).toMatchObject({ status: 0, stderr: '' });
  expect(right.stdout).toMatch(
    /Right, all \d lines: .*\.\n\nLevel 1, 1 right in a row\. 2 more right in a row and it is level 2\.\n$/s,
  );
  const input = lettersFor(3, 1, (lines) => lines.toReversed());
  const wrong = drill(['order', '--seed', '3'], { input, env });
  expect(wrong).toMatchObject({ status: 1, stderr: '' });
  const { lines } = makeDrill(3, 1);
  expect(wrong.stdout).toContain(`Not so. In place 1 comes "${lines[0]}", and you expected "${lines.at(-1)}".`);
  expect(wrong.stdout).toContain(`What the loop ran from "${lines[0]}" to "${lines.at(-1)}", as the tracer saw it:`);
  expect(wrong.stdout).toContain(`printed "${lines.at(-1)}`);
  const progress = openProgress(env);
  expect(progress.drillAnswers('order').map(({ isRight }) => isRight)).toEqual([true, false]);
  progress.close();
  // No program is left lying about.
  expect(readdirSync(tmp).filter((name) => name.startsWith('interleave-drill'))).toEqual([]);
});

test('what is typed wrongly is said with what to type', () => {
  const next = /\nNext: /;
  for (const [args, input, words] of [
    [[], '', '"drill" needs a kind of drill.'],
    [['speed'], '', 'There is no drill "speed".'],
    [['order', '--level', '6'], '', '--level is a whole number from 1 to 5, not "6".'],
    [['order', '--seed', '-1'], '', '--seed'],
    [['order', '--seed', 'x\u001b[2J'], '', '--seed is a whole number of at most 15 digits'],
    [['order', '--seed', '3', '--level', '1'], 'a b z', '"a b z" is no answer. An answer is made of the letters a to'],
    [['order', '--seed', '3', '--level', '1'], 'aaaaa', 'Each letter from a to'],
    [['order', '--seed', '3', '--level', '1'], '\u001b[2J', 'is no answer'],
  ] as const) {
    const { status, stderr } = drill(args, { input });
    expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringContaining(words) });
    expect(stderr).toMatch(next);
    expect(stderr).not.toContain('\u001b');
  }
});
