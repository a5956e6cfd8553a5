// caught by "a program that complains at length is not held up": which streams you listen to
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

export interface Program {
  readonly command: string;
  readonly args: readonly string[];
}

export type Ending =
  | { readonly kind: 'finished' }
  | { readonly kind: 'crashed'; readonly code: number }
  | { readonly kind: 'killed'; readonly signal: string }
  | { readonly kind: 'not started'; readonly code: string };

export interface Run {
  readonly ending: Ending;
  readonly output: string;
}

export interface Options {
  readonly restarts: number;
  readonly pauseMs: number;
  readonly graceMs: number;
  readonly sleep: (ms: number) => Promise<unknown>;
  readonly signal: AbortSignal;
}

export function run(program: Program): Promise<Run> {
  return begin(program).ended;
}

export async function supervise(program: Program, options: Options): Promise<Run[]> {
  const { restarts, pauseMs, sleep, signal } = options;
  const runs: Run[] = [];
  while (!signal.aborted) {
    const last = await runUntilStopped(program, options);
    runs.push(last);
    const isBroken = last.ending.kind === 'crashed' || last.ending.kind === 'killed';
    if (!isBroken || runs.length > restarts || signal.aborted) break;
    await Promise.race([sleep(pauseMs * 2 ** (runs.length - 1)), once(signal, 'abort')]);
  }
  return runs;
}

async function runUntilStopped(program: Program, { graceMs, sleep, signal }: Options): Promise<Run> {
  const { child, ended } = begin(program);
  const stop = () => {
    child.kill('SIGTERM');
    void sleep(graceMs).then(() => {
      if (isAlive(child)) child.kill('SIGKILL');
    });
  };
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await ended;
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

function begin({ command, args }: Program): { child: ChildProcess; ended: Promise<Run> } {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise<Run>((resolve) => {
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text) => (output += text));
    child.stderr?.setEncoding('utf8').on('data', (text) => (output += text));
    let notStarted: Ending | undefined;
    child.on('error', ({ code = '' }: NodeJS.ErrnoException) => {
      if (child.pid !== undefined) return;
      notStarted = { kind: 'not started', code };
      resolve({ ending: notStarted, output });
    });
    child.on('close', (code, signal) => resolve({ ending: notStarted ?? endingOf(code, signal), output }));
  });
  return { child, ended };
}

function endingOf(code: number | null, signal: string | null): Ending {
  if (signal !== null) return { kind: 'killed', signal };
  return code === 0 || code === null ? { kind: 'finished' } : { kind: 'crashed', code };
}

function isAlive({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode === null && signalCode === null;
}
