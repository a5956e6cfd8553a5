// Strange, and correct: instead of listening to the signal it looks at it every 20 ms, and calls itself for the rest.
import { spawn, type ChildProcess } from 'node:child_process';

type Program = { command: string; args: readonly string[] };
type Run = { ending: { kind: string; code?: unknown; signal?: string }; output: string };
type Options = {
  restarts: number;
  pauseMs: number;
  graceMs: number;
  sleep: (ms: number) => Promise<unknown>;
  signal: AbortSignal;
};

export function run({ command, args }: Program, onTick?: (child: ChildProcess) => void): Promise<Run> {
  return new Promise((resolve) => {
    const child = spawn(command, [...args], { stdio: ['ignore', 'pipe', 'ignore'] });
    const decoder = new TextDecoder();
    let output = '';
    let failure: NodeJS.ErrnoException | undefined;
    const ticks = onTick && setInterval(() => onTick(child), 20);
    child.stdout.on('data', (chunk: Buffer) => (output += decoder.decode(chunk, { stream: true })));
    child.on('error', (error) => (failure = error));
    child.on('close', (code, signal) => {
      clearInterval(ticks);
      resolve({ ending: endingOf(failure, code, signal), output });
    });
  });
}

function endingOf(failure: NodeJS.ErrnoException | undefined, code: number | null, signal: string | null) {
  if (failure) return { kind: 'not started', code: failure.code };
  if (signal) return { kind: 'killed', signal };
  return code ? { kind: 'crashed', code } : { kind: 'finished' };
}

export async function supervise(program: Program, options: Options): Promise<Run[]> {
  const { restarts, pauseMs, graceMs, sleep, signal } = options;
  const isStopped = () => signal.aborted;
  if (isStopped()) return [];
  let isAsked = false;
  const last = await run(program, (child) => {
    if (!isStopped() || isAsked) return;
    isAsked = true;
    child.kill('SIGTERM');
    void sleep(graceMs).then(() => {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
    });
  });
  const isBroken = last.ending.kind === 'crashed' || last.ending.kind === 'killed';
  if (!isBroken || restarts === 0 || isStopped()) return [last];
  const pause = { isOver: false };
  void sleep(pauseMs).then(() => (pause.isOver = true));
  while (!pause.isOver && !isStopped()) await new Promise((resolve) => setTimeout(resolve, 20));
  // The rest is a supervisor with one restart less, and a pause twice as long.
  return [last, ...(await supervise(program, { ...options, restarts: restarts - 1, pauseMs: pauseMs * 2 }))];
}
