// The runs come out of an async generator, and the output out of the stream's own iterator.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

type Program = { command: string; args: readonly string[] };
type Run = { ending: { kind: string; code?: unknown; signal?: string }; output: string };
type Options = {
  restarts: number;
  pauseMs: number;
  graceMs: number;
  sleep: (ms: number) => Promise<unknown>;
  signal: AbortSignal;
};

async function follow({ command, args }: Program, isStarted?: (child: ChildProcess) => void): Promise<Run> {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  isStarted?.(child);
  const failed = once(child, 'error') as Promise<[NodeJS.ErrnoException]>;
  const closed = Promise.withResolvers<[number | null, string | null]>();
  child.on('close', (code, signal) => closed.resolve([code, signal]));
  try {
    await once(child, 'spawn');
  } catch {
    return { ending: { kind: 'not started', code: (await failed)[0].code }, output: '' };
  }
  let output = '';
  for await (const text of child.stdout.setEncoding('utf8')) output += text;
  const [code, signal] = await closed.promise;
  if (signal) return { ending: { kind: 'killed', signal }, output };
  return { ending: code === 0 ? { kind: 'finished' } : { kind: 'crashed', code }, output };
}

export async function run(program: Program) {
  return follow(program);
}

async function* runs(program: Program, { restarts, pauseMs, graceMs, sleep, signal }: Options) {
  for (let count = 0; count <= restarts && !signal.aborted; count++) {
    let child: ChildProcess | undefined;
    const stop = () => {
      child?.kill('SIGTERM');
      void sleep(graceMs).then(() => {
        if (child?.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
      });
    };
    signal.addEventListener('abort', stop);
    const last = await follow(program, (started) => (child = started));
    signal.removeEventListener('abort', stop);
    yield last;
    if (last.ending.kind === 'finished' || last.ending.kind === 'not started') return;
    if (signal.aborted || count === restarts) return;
    const stopped = Promise.withResolvers<void>();
    signal.addEventListener('abort', () => stopped.resolve(), { once: true });
    await Promise.race([stopped.promise, sleep(pauseMs << count)]);
  }
}

export async function supervise(program: Program, options: Options) {
  const all: Run[] = [];
  for await (const one of runs(program, options)) all.push(one);
  return all;
}
