// What /proc says, of processes that were made for it.
import { spawn, type ChildProcess } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startFairClock } from '../../runner/subject/fair-clock.ts';
import { leftovers, lookBefore } from '../../runner/subject/leftovers.ts';
import {
  commandLine,
  descendants,
  eventLoops,
  hasProc,
  isAlive,
  mainThreadTimes,
  residentMiB,
  subjectTokens,
  threadTimes,
  tokenName,
} from '../../runner/subject/proc.ts';
import { newToken } from '../../runner/subject/start-process.ts';

/** A process that is gone after the test. */
function start(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): { child: ChildProcess; pid: number } {
  const child = spawn(command, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'ignore'],
    detached: true,
  });
  const pid = child.pid ?? Number.NaN;
  onTestFinished(() => {
    try {
      process.kill(-pid, 'SIGKILL');
    } catch {
      // Gone already.
    }
  });
  return { child, pid };
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await sleep(5);
}

const here = "require('node:fs').writeSync(1, 'here');";
/** Starts Node with this code and waits until it says "here". */
async function startNode(code: string, flags: readonly string[] = [], command = process.execPath): Promise<number> {
  const { child, pid } = start(command, [...flags, '-e', code]);
  await new Promise((resolve) => child.stdout?.once('data', resolve));
  return pid;
}

describe.runIf(hasProc)('processes', () => {
  test('that are gone, or a zombie, or have never been, are not alive', async () => {
    const { pid } = start('sh', ['-c', 'sleep 0 & exec sleep 1000']);
    await until(() => commandLine(pid) === 'sleep 1000');
    await until(() => descendants(pid).length === 1 && !isAlive(descendants(pid)[0] ?? 0));
    expect(isAlive(pid)).toBe(true);
    process.kill(-pid, 'SIGKILL');
    await until(() => !isAlive(pid));
    expect(isAlive(2 ** 30)).toBe(false);
    expect(commandLine(2 ** 30)).toBe('');
  });

  test('may have any name', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'name-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const named = join(folder, 'a) Z (b');
    copyFileSync('/bin/sleep', named);
    const { pid } = start(named, ['1000']);
    await until(() => commandLine(pid) === `${named} 1000`);
    expect(isAlive(pid)).toBe(true);
  });

  test('below a process are found, also those of a process below', async () => {
    const { pid } = start('sh', ['-c', "sleep 1000 & sh -c 'sleep 1001 & sleep 1002'; :"]);
    const commands = (): string[] =>
      descendants(pid)
        .map(commandLine)
        .filter((line) => line.startsWith('sleep'))
        .sort((a, b) => (a < b ? -1 : 1));
    await until(() => commands().length === 3);
    expect(commands()).toEqual(['sleep 1000', 'sleep 1001', 'sleep 1002']);
  });

  test('are found by their token, but those that are known to have none are not looked at', async () => {
    const token = newToken();
    const { pid } = start('sh', ['-c', 'setsid sleep 1000 & :'], { [tokenName]: token });
    const found = (except?: ReadonlySet<number>): number[] =>
      subjectTokens(except).flatMap((each) =>
        each.token === token && commandLine(each.pid) === 'sleep 1000' ? [each.pid] : [],
      );
    await until(() => found().length === 1);
    const [stray = 0] = found();
    onTestFinished(() => void process.kill(stray, 'SIGKILL'));
    expect(stray).not.toBe(pid);
    expect(found(new Set([stray]))).toEqual([]);
  });

  test('have memory, which is counted when it is used', async () => {
    const pid = await startNode(
      `const held = Buffer.alloc(200 * 1024 * 1024, 1); ${here} setInterval(() => held, 1e6)`,
    );
    const small = await startNode(`${here} setInterval(() => {}, 1e6)`);
    expect(residentMiB([pid]) - residentMiB([small])).toBeGreaterThan(150);
    expect(residentMiB([pid, small])).toBeGreaterThan(residentMiB([pid]));
    expect(residentMiB([2 ** 30])).toBe(0);
  });
});

describe.runIf(hasProc)('threads', () => {
  test('have event loops, whatever they are called', async () => {
    const before = eventLoops(process.pid);
    const workers = ['libuv-worker', 'V8Worker', 'node-x'].map(
      (name) => new Worker('setInterval(() => {}, 1e6)', { eval: true, name }),
    );
    await Promise.all(workers.map((worker) => new Promise((resolve) => worker.on('online', resolve))));
    expect(eventLoops(process.pid)).toBe(before + 3);
    await Promise.all(workers.map((worker) => worker.terminate()));
    expect(eventLoops(process.pid)).toBe(before);
  });

  test('of the pool of libuv are none of the learner', async () => {
    const code = `const { stat } = require('node:fs'); ${here} setTimeout(() => stat('/', () => require('node:crypto').pbkdf2('a', 'b', 1, 8, 'sha1', () => { ${here} setInterval(() => {}, 1e6); })), 1_000)`;
    const { child, pid } = start(process.execPath, ['-e', code]);
    await new Promise((resolve) => child.stdout?.once('data', resolve));
    const before = lookBefore(pid);
    const threads = threadTimes(pid).length;
    await new Promise((resolve) => child.stdout?.once('data', resolve));
    expect(threadTimes(pid).length).toBeGreaterThan(threads);
    expect(leftovers({ pid, token: newToken(), before })).toEqual([]);
  });
});

describe.runIf(hasProc)('fair time', () => {
  test('passes as the wall says for a process that waits', async () => {
    const pid = await startNode(`${here} setInterval(() => {}, 1e6)`);
    const clock = startFairClock(pid);
    const start = performance.now();
    await sleep(300);
    const fair = clock.elapsedMs();
    expect(fair).toBeGreaterThan((performance.now() - start) * 0.7);
  });

  test('passes more slowly for a process that another takes the core of', async () => {
    // All on one core, of those that are ours to use: each runs a quarter of the time.
    const core = /Cpus_allowed_list:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '0';
    const spin = `${here} for (;;);`;
    const [pid = 0] = await Promise.all(
      Array.from({ length: 4 }, () => startNode(spin, ['-c', core, process.execPath], 'taskset')),
    );
    const clock = startFairClock(pid);
    const start = performance.now();
    const queued = mainThreadTimes(pid)?.queuedMs ?? 0;
    await until(() => (mainThreadTimes(pid)?.queuedMs ?? 0) - queued > 300);
    expect(clock.elapsedMs()).toBeLessThan((performance.now() - start) * 0.6);
  });

  test('is at least a tenth of what the wall says', async () => {
    const pid = await startNode(`${here} for (;;);`);
    let now = 0;
    const clock = startFairClock(pid, () => now);
    const competitors = await Promise.all(Array.from({ length: 3 }, () => startNode(`${here} for (;;);`)));
    expect(competitors).toHaveLength(3);
    const queued = mainThreadTimes(pid)?.queuedMs ?? 0;
    await until(() => (mainThreadTimes(pid)?.queuedMs ?? 0) - queued > 200);
    now = 100;
    // It was queued longer than this clock has run.
    expect(clock.elapsedMs()).toBe(10);
    now = 1e6;
    expect(clock.elapsedMs()).toBeGreaterThan(9e5);
  });

  test('is wall time for a process that nobody knows', () => {
    let now = 5;
    const clock = startFairClock(2 ** 30, () => now);
    now = 105;
    expect(clock.elapsedMs()).toBe(100);
  });
});
