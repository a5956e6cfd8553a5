// A supervisor: it runs a program, starts it again when it breaks, and leaves nobody behind when it is stopped.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** What to run: a command and its arguments, as spawn takes them. */
export interface Program {
  readonly command: string;
  readonly args: readonly string[];
}

/** How a run ended. */
export type Ending =
  | { readonly kind: 'finished' }
  | { readonly kind: 'crashed'; readonly code: number }
  | { readonly kind: 'killed'; readonly signal: string }
  | { readonly kind: 'not started'; readonly code: string };

/** One run of a program, from its start to its end. */
export interface Run {
  readonly ending: Ending;
  /** all that was written to its standard output */
  readonly output: string;
}

export interface Options {
  /** how often it may be started again, at most */
  readonly restarts: number;
  /** before the first restart; before each further one twice as long as before */
  readonly pauseMs: number;
  /** how long a program that was asked to end may take */
  readonly graceMs: number;
  /** resolves after so many ms: the only clock that there is */
  readonly sleep: (ms: number) => Promise<unknown>;
  /** aborted: the program is to be stopped */
  readonly signal: AbortSignal;
}

/** Runs a program once. Resolves when it has ended, however it did, and all of its output is there. */
export function run(program: Program): Promise<Run> {
  return begin(program).ended;
}

/** Runs a program, again and again while it crashes or is killed. Resolves with all of its runs, in order. */
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
  // Nobody wants its standard error, so it is no pipe that somebody would have to read.
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'ignore'] });
  const ended = new Promise<Run>((resolve) => {
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text) => (output += text));
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

/** `child.killed` would only say that a signal was sent. */
function isAlive({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode === null && signalCode === null;
}
