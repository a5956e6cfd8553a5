// spawn's own option does the asking: its `signal` sends `killSignal`, and says so with an "error" that is no end.
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

export function run(program: Program, signal?: AbortSignal, onAsked?: (child: ChildProcess) => void): Promise<Run> {
  return new Promise((resolve) => {
    const { command, args } = program;
    const child = spawn(command, args, { signal, killSignal: 'SIGTERM', stdio: ['ignore', 'pipe', 'ignore'] });
    let output = '';
    let code: string | undefined;
    child.stdout?.setEncoding('utf8').on('data', (text) => (output += text));
    child.on('error', (error: NodeJS.ErrnoException) => {
      if (error.name === 'AbortError') onAsked?.(child);
      else code = error.code;
    });
    child.on('close', (status, killedBy) => {
      if (code) resolve({ ending: { kind: 'not started', code }, output });
      else if (killedBy) resolve({ ending: { kind: 'killed', signal: killedBy }, output });
      else resolve({ ending: status ? { kind: 'crashed', code: status } : { kind: 'finished' }, output });
    });
  });
}

export function supervise(program: Program, options: Options): Promise<Run[]> {
  const { restarts, pauseMs, graceMs, sleep, signal } = options;
  const killLater = (child: ChildProcess) =>
    void sleep(graceMs).then(() => {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
    });
  const next = async (runs: Run[]): Promise<Run[]> => {
    if (signal.aborted) return runs;
    const last = await run(program, signal, killLater);
    const all = [...runs, last];
    if (!/crashed|killed/.test(last.ending.kind) || all.length > restarts || signal.aborted) return all;
    const stopped = new Promise((resolve) => signal.addEventListener('abort', resolve));
    await Promise.race([stopped, sleep(2 ** runs.length * pauseMs)]);
    return next(all);
  };
  return next([]);
}
