// The launcher: who runs the file, what comes back, and what is left when it is stopped. An old Node is played by this
// one under an older number; .ci/fresh-machines uses a real one.
import { spawn as spawnTerminal } from '@lydell/node-pty';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { courseRoot } from '../../runner/course/paths.ts';

const launcher = join(courseRoot, 'runner/launch.mjs');
const olderNumber = `--import=data:text/javascript,Object.defineProperty(process.versions, 'node', { value: '20.0.0' })`;
const nodes = { 'a new Node': [], 'an old Node': [olderNumber] };

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'interleave-launch-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Writes a program into the test's folder and gives its path. */
function program(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

const waits = `
  process.on('SIGINT', () => { console.log('got SIGINT'); setTimeout(() => process.exit(7), 100); });
  setInterval(() => {}, 1000);
  console.log('waiting ' + process.pid);
`;

async function firstLine(stream: NodeJS.ReadableStream): Promise<string> {
  const [text] = (await once(stream, 'data')) as [Buffer];
  return text.toString().trim();
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

for (const [name, options] of Object.entries(nodes)) {
  test(`${name} runs a .ts file on Node 24 or newer, with its arguments and its exit code`, () => {
    const file = program(
      'says.ts',
      `console.log(JSON.stringify(process.argv.slice(1)), process.versions.node as string); process.exit(5)`,
    );
    const { stdout, status } = spawnSync(process.execPath, [...options, launcher, '--run', file, 'a b', '--help'], {
      encoding: 'utf8',
    });
    expect(stdout).toContain(JSON.stringify([file, 'a b', '--help']));
    expect(Number.parseInt(stdout.split('] ')[1] ?? '')).toBeGreaterThanOrEqual(24);
    expect(status).toBe(5);
  });

  test(`${name} runs a CommonJS program in the order that it has by itself`, () => {
    // A module runs as a microtask, and the ticks wait until the microtasks are through.
    const file = program(
      'order.cts',
      `queueMicrotask(() => console.log('microtask')); process.nextTick(() => console.log('tick')); process.exitCode = 5`,
    );
    const run = spawnSync(process.execPath, [...options, launcher, '--run', file], { encoding: 'utf8' });
    expect(run).toMatchObject({ stdout: 'tick\nmicrotask\n', status: 5 });
  });

  test(`${name}: SIGTERM stops the program, and the end is told as it was`, async () => {
    const file = program('waits.mjs', waits);
    const child = spawn(process.execPath, [...options, launcher, '--run', file], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const pid = Number((await firstLine(child.stdout)).split(' ')[1]);
    child.kill('SIGTERM');
    const [code, signal] = await once(child, 'exit');
    expect([code, signal]).toEqual([null, 'SIGTERM']);
    expect(isRunning(pid)).toBe(false);
  });

  test(`${name}: Ctrl-C at a terminal reaches the program once, which decides what it means`, async () => {
    const file = program('waits.mjs', waits);
    const terminal = spawnTerminal(process.execPath, [...options, launcher, '--run', file], { cols: 80, rows: 24 });
    let screen = '';
    const waiting = Promise.withResolvers<void>();
    terminal.onData((text) => {
      screen += text;
      if (/waiting \d+\s/.test(screen)) waiting.resolve();
    });
    const ended = new Promise((resolve) => terminal.onExit(resolve));
    await waiting.promise;
    terminal.write('\x03');
    expect(await ended).toMatchObject({ exitCode: 7 });
    expect(screen.match(/got SIGINT/g)).toHaveLength(1);
    expect(isRunning(Number(/waiting (\d+)/.exec(screen)?.[1]))).toBe(false);
  });
}

test('SIGINT from somebody else than the terminal is passed on', async () => {
  const file = program('waits.mjs', waits);
  const child = spawn(process.execPath, [olderNumber, launcher, '--run', file], {
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  await firstLine(child.stdout);
  process.kill(child.pid ?? 0, 'SIGINT');
  expect((await once(child, 'exit'))[0]).toBe(7);
});

test('an old Node alone is told what to do', () => {
  mkdirSync(join(folder, 'runner'));
  for (const file of ['launch.mjs', 'hand-over.mjs'])
    copyFileSync(join(courseRoot, 'runner', file), join(folder, 'runner', file));
  const { stderr, status } = spawnSync(process.execPath, [olderNumber, join(folder, 'runner/launch.mjs')], {
    encoding: 'utf8',
  });
  expect(stderr).toContain('Interleave needs Node 24 or newer');
  expect(stderr).toContain('Next: run "npm ci"');
  expect(status).toBe(3);
});
