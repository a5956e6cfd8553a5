// TypeScript that is more than types: an enum for where a thread stands, and properties that its constructor declares.
import { Worker } from 'node:worker_threads';

// @ts-expect-error -- the course itself goes without what is more than types
enum Stage {
  Working,
  Answered,
  Failed,
}

class Thread {
  readonly ended: Promise<unknown[]>;
  private stage = Stage.Working;
  private brought: unknown;

  // @ts-expect-error -- as above
  constructor(private readonly worker: Worker) {
    this.worker.on('message', (answer: unknown) => this.enter(Stage.Answered, answer));
    this.worker.on('error', (error: unknown) => this.enter(Stage.Failed, error));
    this.ended = new Promise((resolve) => this.worker.on('exit', (...codes) => resolve(codes)));
  }

  result([code]: unknown[]): unknown {
    if (this.stage === Stage.Failed) throw this.brought;
    if (code !== 0) throw new Error(`left with exit code ${String(code)}`);
    if (this.stage === Stage.Answered) return this.brought;
    throw new Error(`ended ${Stage[this.stage].toLowerCase()}, without an answer`);
  }

  private enter(stage: Stage, brought: unknown): void {
    this.stage = stage;
    this.brought = brought;
  }
}

export const start = (file: URL, data: unknown): Thread => new Thread(new Worker(file, { workerData: data }));

export const join = async (thread: Thread): Promise<unknown> => thread.result(await thread.ended);

export async function runAll(jobs: readonly { file: URL; data: unknown }[]): Promise<unknown[]> {
  const threads = jobs.map(({ file, data }) => start(file, data));
  for (const { ended } of threads) await ended;
  return Promise.all(threads.map(join));
}
