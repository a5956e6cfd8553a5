import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { commands } from '../../runner/commands/table.ts';
import { temporaryFolder } from '../course/course-fixture.ts';
import { interleave, learnerEnv, useProject } from './project-fixture.ts';

const project = useProject({
  'runner/commands/list.ts': `export const command = {
    name: 'list', summary: 'x', usage: 'list',
    run: async (args) => {
      if (args[0] === 'later') setTimeout(() => { throw new Error('broken later'); });
      else throw new Error('broken at once \\u001b[2J');
      return 0;
    },
  };`,
});

test('every command has help, and stands in the list of commands', () => {
  const all = interleave(project.root, ['help'], learnerEnv());
  expect(all).toMatchObject({ status: 0, stderr: '' });
  for (const name of Object.keys(commands)) {
    expect(all.stdout).toMatch(new RegExp(`^  ${name} +\\S`, 'm'));
    const ways = [
      ['help', name],
      [name, '--help'],
      [name, '-h'],
      [name, 'x', '--help'],
    ];
    const [first = '', ...others] = ways.map((args) => interleave(project.root, args, learnerEnv()).stdout);
    expect(first).toMatch(new RegExp(`^Usage: npx interleave ${name}\\b`));
    for (const other of others) expect(other).toBe(first);
  }
  for (const way of ['--help', '-h']) expect(interleave(project.root, [way], learnerEnv()).stdout).toBe(all.stdout);
});

test('help names lessons and labs that there are; --version says what runs', () => {
  const { stdout } = interleave(project.root, ['help'], learnerEnv());
  expect(stdout.replaceAll(/\s+/g, ' ')).toContain(
    'A lesson is named 04, event-loop or 04-event-loop; a lab 04.1, order, 04.1-order or by its path.',
  );
  const version = interleave(project.root, ['--version'], learnerEnv());
  expect(version).toMatchObject({ status: 0, stdout: `0.1.0 (Node ${process.versions.node})\n`, stderr: '' });
});

test('help fits the terminal', () => {
  for (const args of [['help'], ...Object.keys(commands).map((name) => ['help', name])]) {
    for (const COLUMNS of ['60', '200']) {
      const lines = interleave(project.root, args, learnerEnv({ COLUMNS })).stdout.split('\n');
      expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(Number(COLUMNS));
    }
  }
});

test.each([
  [['hnit'], 'There is no command "hnit".\nNext: Did you mean "hint"? "npx interleave help" shows them all.\n'],
  [['constructor'], 'There is no command "constructor".\nNext: "npx interleave help" shows them all.\n'],
  [['--json'], 'There is no command "--json".\nNext: "npx interleave help" shows them all.\n'],
  [['\x1b[2Jq'], 'There is no command "\\x1b[2Jq".\nNext: "npx interleave help" shows them all.\n'],
  [['hint'], '"hint" needs a LAB.\nNext: Type npx interleave hint LAB [--json]\n'],
  [['hint', '14.1', 'x'], '"hint" has no use for "x".\nNext: Type npx interleave hint LAB [--json]\n'],
  [['hint', '--colour'], "Unknown option '--colour'.\nNext: Type npx interleave hint LAB [--json]\n"],
  [['hint', '--json=yes'], "Option '--json' does not take an argument.\nNext: Type npx interleave hint LAB [--json]\n"],
  [['hint', '--json', 'x'], 'There is no lab "x".\nNext: "npx interleave list" shows them all.\n'],
  [
    ['help', 'hints'],
    'There is no command "hints".\nNext: Did you mean "hint"? "npx interleave help" shows them all.\n',
  ],
])('wrong usage %j is answered on stderr with a next step', (args, stderr) => {
  expect(interleave(project.root, args, learnerEnv())).toMatchObject({ status: 2, stdout: '', stderr });
});

test.each([[['list']], [['list', 'later']]])('a bug in %j says that it is ours', (args) => {
  const { status, stderr } = interleave(project.root, args, learnerEnv());
  expect(status).toBe(3);
  expect(stderr).toMatch(/Error: broken (at once \\x1b\[2J|later)\n +at .*list\.ts/);
  expect(stderr).toContain('This is a bug in Interleave, not in your program.\nNext: please report it');
});

test('a reader that has seen enough ends the output quietly', async () => {
  const child = spawn(process.execPath, [join(project.root, 'runner/launch.mjs'), 'help'], {
    env: learnerEnv(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stdout.destroy();
  const [stderr, [status]] = await Promise.all([text(child.stderr), once(child, 'close')]);
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
});

test('output that cannot be written is no bug', async (context) => {
  if (process.platform !== 'linux') context.skip('needs /dev/full');
  const child = spawn(process.execPath, [join(project.root, 'runner/launch.mjs'), 'help'], {
    env: learnerEnv(),
    stdio: ['ignore', openSync('/dev/full', 'w'), 'pipe'],
  });
  const [stderr, [status]] = await Promise.all([text(child.stderr as NodeJS.ReadableStream), once(child, 'close')]);
  expect({ stderr, status }).toEqual({
    stderr: 'The output cannot be written (ENOSPC).\nNext: look at where it is sent.\n',
    status: 3,
  });
});

test('starting imports nothing of vitest, ora or markdown-it', () => {
  const folder = temporaryFolder();
  const [recorder, record] = [join(folder, 'recorder.mjs'), join(folder, 'record')];
  writeFileSync(
    recorder,
    `import { appendFileSync } from 'node:fs';
     import { registerHooks } from 'node:module';
     registerHooks({ load(url, context, next) { appendFileSync(${JSON.stringify(record)}, url + '\\n'); return next(url, context); } });`,
  );
  for (const args of [['reset', '14.1'], ['reset', '14.1', '--json'], ['help', 'hint'], ['help', 'reset'], []]) {
    const { status } = interleave(project.root, args, learnerEnv(), { node: [`--import=${recorder}`] });
    expect(status).toBe(0);
  }
  const loaded = readFileSync(record, 'utf8').split('\n');
  expect(loaded.filter((url) => url.endsWith('/runner/main.ts'))).toHaveLength(5);
  const packages = loaded.map((url) => /\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(url)?.[1]).filter(Boolean);
  expect([...new Set(packages)].sort((a = '', b = '') => a.localeCompare(b))).toEqual(['chalk', 'diff']);
});

test('early warnings of Node about its own parts are not shown, others are', () => {
  const warn = (text: string) =>
    `--import=data:text/javascript,setImmediate(() => process.emitWarning('${text}', 'ExperimentalWarning'))`;
  const quiet = interleave(project.root, ['help'], learnerEnv(), {
    node: [warn('SQLite is an experimental feature and might change at any time')],
  });
  expect(quiet).toMatchObject({ status: 0, stderr: '' });
  const loud = interleave(project.root, ['help'], learnerEnv(), { node: [warn('Foo is an experimental feature')] });
  expect(loud.stderr).toContain('Foo is an experimental feature');
});
