// A class with a state, callbacks in place of promises inside, and one promise at the very end.
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

class Supervisor {
  runs: Run[] = [];
  child: ChildProcess | undefined;
  isOver = false;
  program: Program;
  options: Options;
  resolve: (runs: Run[]) => void;

  constructor(program: Program, options: Options, resolve: (runs: Run[]) => void) {
    this.program = program;
    this.options = options;
    this.resolve = resolve;
    options.signal.addEventListener('abort', () => this.stop());
    if (options.signal.aborted) this.end();
    else this.start();
  }

  start() {
    this.child = runOnce(this.program, (last) => {
      this.child = undefined;
      this.runs.push(last);
      const { kind } = last.ending;
      const isLast = this.runs.length > this.options.restarts || this.options.signal.aborted;
      if (isLast || kind === 'finished' || kind === 'not started') return this.end();
      void this.options.sleep(this.options.pauseMs * 2 ** (this.runs.length - 1)).then(() => {
        if (!this.isOver) this.start();
      });
    });
  }

  stop() {
    const { child } = this;
    if (!child) return this.end();
    child.kill('SIGTERM');
    void this.options.sleep(this.options.graceMs).then(() => {
      if (this.child === child) child.kill('SIGKILL');
    });
  }

  end() {
    this.isOver = true;
    this.resolve(this.runs);
  }
}

function runOnce({ command, args }: Program, done: (run: Run) => void): ChildProcess {
  const child = spawn(command, args);
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.stderr.resume();
  let failure: NodeJS.ErrnoException | undefined;
  child.once('error', (error) => (failure = error));
  child.once('close', (code, signal) => {
    const output = Buffer.concat(chunks).toString();
    if (failure && !child.pid) done({ ending: { kind: 'not started', code: failure.code }, output });
    else if (signal) done({ ending: { kind: 'killed', signal }, output });
    else done({ ending: code ? { kind: 'crashed', code } : { kind: 'finished' }, output });
  });
  return child;
}

export const run = (program: Program) => new Promise<Run>((resolve) => runOnce(program, resolve));

export const supervise = (program: Program, options: Options) =>
  new Promise<Run[]>((resolve) => new Supervisor(program, options, resolve));
