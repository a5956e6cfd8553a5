// How a process that reads learner code is started: here alone, so that a sandbox can be put around it. Everything that a
// subject is given (its folder, its pipes, its environment, its flags) is named here.
import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { fromJudgeFd, toJudgeFd } from './frames.ts';
import { tokenName } from './proc.ts';

const entry = fileURLToPath(new URL('./subject-main.ts', import.meta.url));
const checkEntry = fileURLToPath(new URL('./syntax-check-main.ts', import.meta.url));
const hooks = fileURLToPath(new URL('./stage-hooks.ts', import.meta.url));

/** A token that only this subject and what it starts carry; it names the judge, so that orphans are known as such. */
export function newToken(): string {
  return `${process.pid}-${randomBytes(16).toString('hex')}`;
}

/** The process id of the judge that made a token. */
export function tokenOwner(token: string): number {
  return Number.parseInt(token, 10);
}

export interface StartOptions {
  /** the working directory of the subject */
  readonly stage: string;
  readonly token: string;
  /** opens Node's debugger and waits for it */
  readonly inspect: boolean;
}

/** Variables that a program may need to run at all; nothing else of the learner's environment goes in. */
const passedOn = ['PATH', 'HOME', 'LANG', 'LC_ALL', 'TZ', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot', 'ComSpec', 'PATHEXT'];

/**
 * Starts a process in a group of its own; its standard output, standard error and both wire pipes are streams of
 * the result. An error to start comes as the event `error`.
 */
export function startProcess({ stage, token, inspect }: StartOptions): ChildProcess {
  const flags = [
    // Where a signal opens the inspector (inspector.ts): any free port.
    inspect ? '--inspect-wait=127.0.0.1:9229' : '--inspect-port=127.0.0.1:0',
    '--disable-warning=ExperimentalWarning',
    // Not --import, which a worker that is made of a text does not heed.
    `--require=${hooks}`,
  ];
  const stdio: ('ignore' | 'pipe')[] = ['ignore', 'pipe', 'pipe'];
  stdio[fromJudgeFd] = 'pipe';
  stdio[toJudgeFd] = 'pipe';
  return spawn(process.execPath, [...flags, entry], { cwd: stage, env: environment(token), stdio, detached: true });
}

/** Starts a process that parses the given files (absolute) and prints on standard error where one breaks. */
export function startSyntaxCheck({
  stage,
  token,
  files,
}: Pick<StartOptions, 'stage' | 'token'> & { readonly files: readonly string[] }): ChildProcess {
  const flags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
  const stdio: ('ignore' | 'pipe')[] = ['ignore', 'ignore', 'pipe'];
  return spawn(process.execPath, [...flags, checkEntry, ...files], {
    cwd: stage,
    env: environment(token),
    stdio,
    detached: true,
  });
}

export interface TracedStart {
  /** absolute */
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** `inherit` when something is piped in */
  readonly stdin: 'ignore' | 'inherit';
  /** what is loaded before the program, absolute */
  readonly preload: string;
  /** the descriptor that the preloaded module writes to */
  readonly fd: number;
}

/**
 * Starts a program of the user's own, with what it would have if they had typed `node FILE`, in a group of its own. Its
 * outputs and `stdio[fd]` are streams of the result. An error to start comes as the event `error`.
 */
export function startTraced(start: TracedStart): ChildProcess {
  const { file, args, cwd, env, stdin, preload, fd } = start;
  const stdio = Array.from({ length: fd + 1 }, (): 'ignore' | 'inherit' | 'pipe' => 'ignore');
  stdio.splice(0, 3, stdin, 'pipe', 'pipe');
  stdio[fd] = 'pipe';
  // Not --import: with it Node loads every program as it loads a module, and the order of a CommonJS one changes.
  return spawn(process.execPath, [`--require=${preload}`, file, ...args], {
    cwd,
    env,
    stdio,
    detached: process.platform !== 'win32',
  });
}

function environment(token: string): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = { [tokenName]: token, NO_COLOR: '1' };
  for (const name of passedOn) if (process.env[name] !== undefined) env[name] = process.env[name];
  return env;
}
