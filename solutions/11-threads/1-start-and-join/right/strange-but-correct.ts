// Strange, and correct: the thread begins in a line of its own that imports the file, and join looks again and again
// whether the thread still has a number.
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';

interface Job {
  readonly file: URL;
  readonly data: unknown;
}

class Thread extends Worker {
  readonly #said: unknown[] = [];
  readonly #failures: unknown[] = [];

  constructor(file: URL, data: unknown) {
    super('import(process.argv[2])', { eval: true, argv: [file.href], workerData: data });
    this.on('message', (message) => this.#said.push(message));
    this.on('error', (error) => this.#failures.unshift(error));
    this.on('exit', (code) => code && this.#failures.push(new Error(`left with code ${code}`)));
  }

  async end(): Promise<unknown> {
    while (this.threadId !== -1) await sleep(3);
    if (this.#failures.length > 0) throw this.#failures[0];
    if (this.#said.length === 0) throw new Error('said nothing');
    return this.#said[0];
  }
}

export const start = (file: URL, data: unknown): Thread => new Thread(file, data);

export const join = (thread: Thread): Promise<unknown> => thread.end();

export async function runAll([first, ...others]: readonly Job[]): Promise<unknown[]> {
  if (!first) return [];
  const thread = start(first.file, first.data);
  // Starts the others before the first await in here.
  const rest = runAll(others);
  const [answer, answers] = await Promise.allSettled([join(thread), rest]);
  if (answer.status === 'rejected') throw answer.reason;
  if (answers.status === 'rejected') throw answers.reason;
  return [answer.value, ...answers.value];
}
