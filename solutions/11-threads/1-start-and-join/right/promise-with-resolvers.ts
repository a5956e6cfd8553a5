// Three promises for three events, made with Promise.withResolvers; runAll stops the others at the first failure.
import { Worker } from 'node:worker_threads';

interface Job {
  readonly file: URL;
  readonly data: unknown;
}

interface Thread {
  readonly worker: Worker;
  readonly answer: Promise<unknown>;
  /** never resolves */
  readonly failure: Promise<never>;
  readonly gone: Promise<void>;
}

export function start(file: URL, data: unknown): Thread {
  const worker = new Worker(file, { workerData: data });
  const { promise: answer, resolve: answers, reject: isSilent } = Promise.withResolvers<unknown>();
  const { promise: failure, reject: fails } = Promise.withResolvers<never>();
  const { promise: gone, resolve: goes } = Promise.withResolvers<void>();
  answer.catch(() => {});
  failure.catch(() => {});
  worker
    .once('message', answers)
    .once('error', fails)
    .once('exit', (code) => {
      // Of no effect after an answer, and after an error.
      isSilent(new Error('the thread ended, and had not answered'));
      if (code !== 0) fails(new Error(`the thread ended with exit code ${code}`));
      goes();
    });
  return { worker, answer, failure, gone };
}

export async function join({ answer, failure, gone }: Thread): Promise<unknown> {
  await gone;
  // No race any more, for both are settled that ever will be: the first in the list wins.
  return Promise.race([failure, answer]);
}

export async function runAll(jobs: readonly Job[]): Promise<unknown[]> {
  const threads = jobs.map((job) => start(job.file, job.data));
  try {
    return await Promise.all(threads.map(join));
  } catch (failure) {
    await Promise.all(threads.map(({ worker }) => worker.terminate()));
    throw failure;
  }
}
