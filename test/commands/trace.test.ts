// `trace` as it is typed.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { interleave, learnerEnv, useProject } from './project-fixture.ts';

const project = useProject({
  'programs/order.cts': [
    `process.nextTick(() => console.log('tick'));`,
    `const later = (word: string): void => console.log('timer', word);`,
    `setTimeout(later, 1, process.argv[2] ?? 'alone');`,
    `console.log('script');`,
    ``,
  ].join('\n'),
  'programs/throws.mjs': `console.log('before');\nsetTimeout(() => { throw new Error('no \\x1b[2Jbread'); }, 1);\n`,
  'programs/hangs.mjs': `console.log('before');\nsetTimeout(() => { for (;;); }, 1);\n`,
  'programs/serves.mjs': [
    `import { writeFileSync } from 'node:fs';`,
    `process.on('SIGINT', () => { console.log('closing'); clearInterval(clock); });`,
    `const clock = setInterval(() => console.log('tick'), 5);`,
    `writeFileSync(new URL('running', import.meta.url), '');`,
    ``,
  ].join('\n'),
});

function trace(...args: string[]) {
  return interleave(project.root, ['trace', ...args], learnerEnv());
}

test('--json prints one document in the shape that scripts rely on', () => {
  const { status, stdout, stderr } = trace('programs/order.cts', '--json', '--', 'with a word');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const file = join(project.root, 'programs/order.cts');
  const time = expect.any(Number);
  const event = { id: 0, parent: null, file, line: 1, scheduledFile: file, startMs: time, endMs: time };
  const script = { ...event, kind: 'script', label: 'order.cts', scheduledFile: null, scheduledLine: null };
  const tick = { ...event, id: 1, parent: 0, kind: 'nextTick', label: 'nextTick', scheduledLine: 1 };
  const timer = {
    ...event,
    id: 2,
    parent: 0,
    kind: 'timer',
    label: 'setTimeout 1 ms: later',
    line: 2,
    scheduledLine: 3,
  };
  expect(JSON.parse(stdout)).toEqual({
    file,
    events: [
      { ...script, output: 'script\n' },
      { ...tick, output: 'tick\n' },
      { ...timer, output: 'timer with a word\n' },
    ],
    ending: { kind: 'exit', code: 0 },
    unseen: [],
    stderr: '',
  });
});

test('without it the trace is drawn, from wherever it was typed', () => {
  const cwd = join(project.root, 'programs');
  const { status, stdout } = interleave(project.root, ['trace', 'order.cts'], learnerEnv(), { cwd });
  expect(status).toBe(0);
  expect(stdout).toMatch(/script +#0 order\.cts[^]*nextTick +#1 nextTick[^]*timer +#2 setTimeout 1 ms: later/);
  expect(stdout).toContain('exit code 0');
});

test('a program that fails is drawn like any other, and what it says cannot reach the terminal', () => {
  const { status, stdout } = trace('programs/throws.mjs');
  expect(status).toBe(0);
  expect(stdout).toMatch(/timer +#1/);
  expect(stdout).toContain('exit code 1');
  expect(stdout).toContain('bread');
  expect(stdout).not.toContain('\x1b');
});

test('one that hangs is ended after its limit, with what was seen so far', () => {
  const { status, stdout } = trace('programs/hangs.mjs', '--limit', '2', '--json');
  expect(status).toBe(0);
  const { events, ending } = JSON.parse(stdout);
  expect(ending).toEqual({ kind: 'stopped', why: 'limit' });
  expect(events.map(({ kind }: { kind: string }) => kind)).toEqual(['script', 'timer']);
});

test('Ctrl-C is a signal to the program, and then its trace is drawn', async () => {
  const launcher = join(project.root, 'runner/launch.mjs');
  const child = spawn(process.execPath, [launcher, 'trace', 'programs/serves.mjs', '--json'], {
    cwd: project.root,
    env: learnerEnv(),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const printed = text(child.stdout);
  const ended = once(child, 'exit');
  while (!existsSync(join(project.root, 'programs/running'))) await sleep(20);
  child.kill('SIGINT');
  expect((await ended)[0]).toBe(0);
  const { ending, events } = JSON.parse(await printed);
  expect(ending).toEqual({ kind: 'stopped', why: 'abort' });
  expect(events.at(-1)).toMatchObject({ kind: 'process', label: 'SIGINT', output: 'closing\n' });
});

test('what cannot be traced is said, with the next step', () => {
  expect(trace()).toMatchObject({ status: 2, stderr: expect.stringContaining('needs a FILE') });
  expect(trace('programs/none.ts')).toMatchObject({ status: 2, stderr: expect.stringContaining('There is no file') });
  expect(trace('programs')).toMatchObject({ status: 2, stderr: expect.stringContaining('is a folder') });
  expect(trace('programs/order.cts', '--limit', 'soon')).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('--limit 10'),
  });
  expect(trace('programs/order.cts', '--step')).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('needs a terminal'),
  });
});
