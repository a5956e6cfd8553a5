// caught by "a program that complains at length is not held up": who keeps what it writes
import { execFile, type ChildProcess } from 'node:child_process';

type Program = { command: string; args: readonly string[] };
type Options = {
  restarts: number;
  pauseMs: number;
  graceMs: number;
  sleep: (ms: number) => Promise<unknown>;
  signal: AbortSignal;
};
type Failure = Error & { code?: number | string | null; signal?: string | null };

export function run(program: Program, onChild?: (child: ChildProcess) => void) {
  return new Promise((resolve) => {
    const { command, args } = program;
    const options = { encoding: 'utf8' as const };
    const child = execFile(command, args, options, (error, output) => resolve({ ending: endingOf(error), output }));
    onChild?.(child);
  });
}

function endingOf(error: Failure | null) {
  if (!error) return { kind: 'finished' };
  if (typeof error.code === 'string') return { kind: 'not started', code: error.code };
  return error.signal ? { kind: 'killed', signal: error.signal } : { kind: 'crashed', code: error.code };
}

export async function supervise(program: Program, options: Options) {
  const { restarts, sleep, signal, graceMs } = options;
  const aborted = new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve());
  });
  const runs = [];
  let pauseMs = options.pauseMs;
  for (let left = restarts; !signal.aborted; left--) {
    let isOver = false;
    const one = run(program, (child) => {
      void aborted.then(async () => {
        if (isOver) return;
        child.kill();
        await sleep(graceMs);
        if (!isOver) child.kill('SIGKILL');
      });
    }) as Promise<{ ending: { kind: string } }>;
    const last = await one;
    isOver = true;
    runs.push(last);
    if (!['crashed', 'killed'].includes(last.ending.kind) || left === 0 || signal.aborted) return runs;
    await Promise.race([sleep(pauseMs), aborted]);
    pauseMs *= 2;
  }
  return runs;
}
