// A class for the thread, and a stack of disposables that stops what still runs, whichever way runAll is left.
import { Worker } from 'node:worker_threads';

interface Job {
  readonly file: URL;
  readonly data: unknown;
}

class Thread implements AsyncDisposable {
  readonly #worker: Worker;
  readonly #waiting: (() => void)[] = [];
  readonly #messages: unknown[] = [];
  readonly #failures: unknown[] = [];
  #hasEnded = false;

  constructor(file: URL, data: unknown) {
    this.#worker = new Worker(file, { workerData: data });
    this.#worker.on('message', (message) => this.#messages.push(message));
    this.#worker.on('error', (error) => this.#failures.push(error));
    this.#worker.on('exit', (code) => {
      if (code !== 0) this.#failures.push(new Error(`the thread left with code ${code}`));
      if (this.#messages.length === 0) this.#failures.push(new Error('the thread left without a word'));
      this.#hasEnded = true;
      for (const wake of this.#waiting) wake();
    });
  }

  async join(): Promise<unknown> {
    if (!this.#hasEnded) await new Promise<void>((wake) => this.#waiting.push(wake));
    if (this.#failures.length > 0) throw this.#failures[0];
    return this.#messages[0];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#worker.terminate();
  }
}

export function start(file: URL, data: unknown): Thread {
  return new Thread(file, data);
}

export function join(thread: Thread): Promise<unknown> {
  return thread.join();
}

export async function runAll(jobs: readonly Job[]): Promise<unknown[]> {
  const running = new AsyncDisposableStack();
  try {
    const threads = jobs.map(({ file, data }) => running.use(start(file, data)));
    return await Promise.all(threads.map(join));
  } finally {
    await running.disposeAsync();
  }
}
