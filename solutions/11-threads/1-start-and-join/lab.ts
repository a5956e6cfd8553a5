// The life of a thread: it is started with a file and data, it works, it answers, it ends.
import { Worker } from 'node:worker_threads';

/** One piece of work: the file that a thread runs, and the data that it gets. */
export interface Job {
  readonly file: URL;
  readonly data: unknown;
}

/** How the life of a thread ended. */
type Ending =
  | { readonly kind: 'answered'; readonly answer: unknown }
  | { readonly kind: 'failed'; readonly error: unknown };

/** A thread that was started. */
export interface Thread {
  /** Resolves when the thread is gone, and never rejects: a failure waits here until somebody joins. */
  readonly ended: Promise<Ending>;
}

/** Starts a thread that runs `file` and finds a copy of `data` in its workerData. Returns at once. */
export function start(file: URL, data: unknown): Thread {
  const worker = new Worker(file, { workerData: data });
  // Listen now, for an event that nobody hears is lost.
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

/**
 * Waits until the thread has ended, or looks at how it did.
 * @returns the thread's answer
 * @throws what the thread threw; an Error when it left with an exit code or without an answer
 */
export async function join(thread: Thread): Promise<unknown> {
  const ending = await thread.ended;
  if (ending.kind === 'failed') throw ending.error;
  return ending.answer;
}

/**
 * Runs a thread for each job, all at the same time, and waits until the last one has ended.
 * @returns their answers in the order of the jobs
 * @throws the failure of the first job in the list that failed
 */
export async function runAll(jobs: readonly Job[]): Promise<unknown[]> {
  const threads = jobs.map(({ file, data }) => start(file, data));
  await Promise.all(threads.map(({ ended }) => ended));
  return Promise.all(threads.map(join));
}
