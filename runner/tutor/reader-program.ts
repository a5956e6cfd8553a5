// Runs a program that a lesson quotes, in a process of its own, which has no terminal and is ended when it takes too long,
// prints too much, or somebody says so. It knows nothing of how that is shown.
import { spawn } from 'node:child_process';
import process from 'node:process';
import { signalGroup } from '../subject/process-group.ts';

export interface ProgramToRun {
  /** the course's folder */
  readonly root: string;
  /** from the course's folder down */
  readonly file: string;
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  /** what it prints, on both of its outputs, as it comes */
  readonly onOutput: (text: string) => void;
}

const limitMs = 20_000;
const lastPrintMs = 500;
const mostLines = 200;
const mostCharacters = 16 * 1_024;

/** @returns how it ended, as a sentence, when it and all that it started are gone; '' when it ended as it should */
export async function runProgram({ root, file, env, signal, onOutput }: ProgramToRun): Promise<string> {
  const isPython = file.endsWith('.py');
  const child = spawn(
    isPython ? 'python3' : process.execPath,
    isPython ? [file] : ['--disable-warning=ExperimentalWarning', file],
    {
      cwd: root,
      // What it prints is escaped before it is shown; colours would only be noise.
      env: { ...env, NO_COLOR: '1', FORCE_COLOR: undefined },
      stdio: ['ignore', 'pipe', 'pipe'],
      // Its own group: Ctrl-C is for us, and what it started is found by the group.
      detached: process.platform !== 'win32',
    },
  );
  let reason: string | undefined;
  let lines = 0;
  let characters = 0;
  const end = (why: string): void => {
    reason ??= why;
    signalGroup(child, 'SIGKILL');
  };
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      if (reason !== undefined) return;
      const room = text
        .split('\n')
        .slice(0, mostLines - lines)
        .join('\n')
        .slice(0, mostCharacters - characters);
      lines += room.split('\n').length - 1;
      characters += room.length;
      onOutput(room);
      if (room.length < text.length) end('It was ended: it printed more than a page can show.');
    });
  const onAbort = (): void => end('You ended it.');
  const onExit = (): void => signalGroup(child, 'SIGKILL');
  const timer = setTimeout(() => end(`It was ended: it ran for more than ${limitMs / 1_000} s.`), limitMs);
  signal.addEventListener('abort', onAbort, { once: true });
  process.once('exit', onExit);
  try {
    return await new Promise<string>((resolve) => {
      child.on('exit', () => {
        signalGroup(child, 'SIGKILL');
        // What it has printed is read by then; what left its group may hold the pipes for as long as it likes.
        setTimeout(() => {
          child.stdout.destroy();
          child.stderr.destroy();
        }, lastPrintMs);
      });
      child.on('error', (error: NodeJS.ErrnoException) =>
        resolve(
          isPython && error.code === 'ENOENT'
            ? 'This machine has no python3.'
            : `It cannot be started (${error.message}).`,
        ),
      );
      child.on('close', (code, killedBy) =>
        resolve(reason ?? (code === 0 ? '' : `It ended with ${killedBy ?? `exit code ${code}`}.`)),
      );
    });
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
    process.removeListener('exit', onExit);
    signalGroup(child, 'SIGKILL');
  }
}
