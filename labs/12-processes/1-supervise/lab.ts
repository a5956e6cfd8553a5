// A supervisor: it runs a program, starts it again when it breaks, and leaves nobody behind when it is stopped.
import { spawn } from 'node:child_process';

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
export function run({ command, args }: Program): Promise<Run> {
  return new Promise((resolve) => {
    const child = spawn(command, args);
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text) => (output += text));
    // Is this the moment at which all is there? And are these all the ways to end?
    child.on('exit', (code) => resolve({ ending: code ? { kind: 'crashed', code } : { kind: 'finished' }, output }));
    child.on('error', () => resolve({ ending: { kind: 'crashed', code: 1 }, output }));
  });
}

/** Runs a program, again and again while it crashes or is killed. Resolves with all of its runs, in order. */
export async function supervise(program: Program, { restarts }: Options): Promise<Run[]> {
  // This one is quick to start again. Too quick, and it cannot be stopped.
  const runs = [await run(program)];
  while (runs.at(-1)?.ending.kind !== 'finished' && runs.length < restarts) runs.push(await run(program));
  return runs;
}
