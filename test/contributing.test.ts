// CONTRIBUTING.md cannot rot: its walk is done as it stands, in a copy of the course, and its quotes are compared.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { checkQuotes } from '../runner/audit/check-quotes.ts';
import { readMarkdown } from '../runner/course/markdown.ts';
import { courseRoot } from '../runner/course/paths.ts';
import { temporaryFolder, write } from './course/course-fixture.ts';

const text = readFileSync(join(courseRoot, 'CONTRIBUTING.md'), 'utf8');
const markdown = readMarkdown(text);
const lab = 'labs/19-speedup/9-walk';
const solution = 'solutions/19-speedup/9-walk';

/** The files that the walk tells to write, by their paths. */
function walkFiles(): Record<string, string> {
  const named = markdown.fences.map((fence) => [fence.info.split(/\s+/)[1] ?? '', fence.text] as const);
  return Object.fromEntries(named.filter(([file]) => file.startsWith(`${lab}/`) || file.startsWith(`${solution}/`)));
}

/** Every line of the fences that are typed into a shell. */
const typed = markdown.fences.filter(({ info }) => info === 'sh').flatMap((fence) => fence.text.trim().split('\n'));

let root = '';
beforeEach(() => {
  root = temporaryFolder();
  for (const part of ['runner', 'lessons', 'labs', 'solutions', 'package.json', 'vitest.config.ts'])
    cpSync(join(courseRoot, part), join(root, part), { recursive: true });
  symlinkSync(join(courseRoot, 'node_modules'), join(root, 'node_modules'), 'junction');
  write(root, walkFiles());
});

function node(...args: string[]) {
  const { PATH, HOME } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: root,
    env: { PATH, HOME, NO_COLOR: '1' },
    encoding: 'utf8',
  });
  return { status, output: stdout + stderr, stdout };
}

/** Runs a command of the text by this Node, without npx, which would look for a newer one on the net. */
function type(command: string, ...more: string[]) {
  expect(typed).toContain(command);
  const [, program, ...args] = command.split(' ');
  const file = program === 'vitest' ? 'node_modules/vitest/vitest.mjs' : 'runner/launch.mjs';
  return node(file, ...args, ...more);
}

test('the walk ends in a green audit', () => {
  const { status, stdout } = type('npx interleave audit 19.9', '--json');
  expect(JSON.parse(stdout)).toMatchObject({
    labs: [{ id: '19.9', ok: true, problems: [] }],
    suites: { wrong: 5, caught: 5, right: 2, accepted: 2 },
  });
  expect(status).toBe(0);
});

test('the walk passes the checks of types, lint and format', () => {
  for (const settings of ['.oxlintrc.json', '.oxfmtrc.json', 'tsconfig.json', 'tsconfig.check.json'])
    cpSync(join(courseRoot, settings), join(root, settings));
  const include = [lab, solution];
  write(root, { 'tsconfig.walk.json': JSON.stringify({ extends: './tsconfig.check.json', include }) });
  const types = node('node_modules/typescript/bin/tsc', '-p', 'tsconfig.walk.json', '--listFiles').output.split('\n');
  // The files that were read, and nothing that is wrong with one of them.
  expect(types.filter((line) => line.includes('9-walk')).sort()).toEqual(
    Object.keys(walkFiles())
      .filter((file) => file.endsWith('.ts') && !file.includes('/wrong/'))
      .sort()
      .map((file) => join(root, file)),
  );
  expect(node('node_modules/oxlint/bin/oxlint', ...include)).toMatchObject({ status: 0 });
  expect(node('node_modules/oxfmt/bin/oxfmt', '--check', ...include)).toMatchObject({ status: 0 });
});

test('the suite of the walk runs under plain vitest: on the starter, and on the working copy once there is one', () => {
  const command = `npx vitest run ${lab}`;
  const starter = type(command);
  expect(starter.status).toBe(1);
  expect(starter.output).toMatch(/Tests +1 failed \| 2 passed \(3\)/);
  expect(starter.output).toContain('Look at:  the remainder: ');

  mkdirSync(join(root, 'workspace/19-speedup'), { recursive: true });
  cpSync(join(root, solution), join(root, 'workspace/19-speedup/9-walk'), { recursive: true });
  const solved = type(command);
  expect(solved.output).toMatch(/Tests +3 passed \(3\)/);
  expect(solved.status).toBe(0);
});

test('a variant of the walk is judged in the place of the learner’s file', () => {
  const command = typed.find((line) => line.startsWith('npx interleave test '));
  expect(type(command ?? '', '--json')).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('"verdict": "passed"'),
  });
});

test('what is quoted from the course is what stands there', () => {
  const walk = Object.keys(walkFiles());
  const quotes = markdown.fences.filter(
    ({ info }) => /^\S+ \S/.test(info) && !walk.includes(info.split(/\s+/)[1] ?? ''),
  );
  expect(quotes).not.toHaveLength(0);
  expect(checkQuotes({ file: 'CONTRIBUTING.md', text, markdown: { ...markdown, fences: quotes } }, courseRoot)).toEqual(
    [],
  );
});

test('every package script that the text names is there', () => {
  const { scripts } = JSON.parse(readFileSync(join(courseRoot, 'package.json'), 'utf8'));
  const named = [...text.matchAll(/npm run ([\w:-]+)/g)].map(([, name]) => name);
  expect(named).not.toHaveLength(0);
  expect(named.filter((name) => !(String(name) in scripts))).toEqual([]);
});
