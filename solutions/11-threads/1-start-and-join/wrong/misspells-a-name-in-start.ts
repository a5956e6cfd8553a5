// caught by "a thread gets its data, and join brings back its answer": An exception in your code: ReferenceError: jobData is not defined
import { Worker } from 'node:worker_threads';

export interface Job {
  readonly file: URL;
  readonly data: unknown;
}

type Ending =
  | { readonly kind: 'answered'; readonly answer: unknown }
  | { readonly kind: 'failed'; readonly error: unknown };

export interface Thread {
  readonly ended: Promise<Ending>;
}

export function start(file: URL, data: unknown): Thread {
  const worker = new Worker(file, { workerData: jobData });
  const ended = new Promise<Ending>((resolve) => {
    let ending: Ending = { kind: 'failed', error: new Error('The thread ended without an answer.') };
    worker.on('message', (answer) => (ending = { kind: 'answered', answer }));
    worker.on('error', (error) => (ending = { kind: 'failed', error }));
    worker.on('exit', (code) => resolve(code === 0 || ending.kind === 'failed' ? ending : leftWith(code)));
  });
  return { ended };
}

function leftWith(code: number): Ending {
  return { kind: 'failed', error: new Error(`The thread ended with exit code ${code}.`) };
}

export async function join(thread: Thread): Promise<unknown> {
  const ending = await thread.ended;
  if (ending.kind === 'failed') throw ending.error;
  return ending.answer;
}

export async function runAll(jobs: readonly Job[]): Promise<unknown[]> {
  const threads = jobs.map(({ file, data }) => start(file, data));
  await Promise.all(threads.map(({ ended }) => ended));
  return Promise.all(threads.map(join));
}
