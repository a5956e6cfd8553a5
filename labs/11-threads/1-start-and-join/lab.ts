// The life of a thread: it is started with a file and data, it works, it answers, it ends.
import { Worker } from 'node:worker_threads';

/** One piece of work: the file that a thread runs, and the data that it gets. */
export interface Job {
  readonly file: URL;
  readonly data: unknown;
}

/** A thread that was started. What is in here is your choice: only your own functions look inside. */
export interface Thread {
  readonly worker: Worker;
}

/** Starts a thread that runs `file` and finds a copy of `data` in its workerData. Returns at once. */
export function start(file: URL, data: unknown): Thread {
  const worker = new Worker(file, { workerData: data });
  return { worker };
}

/** Waits until the thread has ended. Resolves with its answer, or rejects with what went wrong. */
export async function join(thread: Thread): Promise<unknown> {
  // It waits for the end, and that is all. A Worker tells its life as events: 'message', 'error', 'exit'.
  return new Promise((resolve) => thread.worker.on('exit', resolve));
}

/** Runs a thread for each job, all at the same time. Resolves with their answers in the order of the jobs. */
export async function runAll(jobs: readonly Job[]): Promise<unknown[]> {
  // This looks right. Is it?
  const answers: unknown[] = [];
  for (const { file, data } of jobs) answers.push(await join(start(file, data)));
  return answers;
}
