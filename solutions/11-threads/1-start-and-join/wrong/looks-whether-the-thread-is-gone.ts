// caught by "join may come after the thread has ended": left with exit code
import { Worker } from 'node:worker_threads';

type Job = { file: URL; data: unknown };
type Ending = { error: unknown } | { answer: unknown };
type Thread = { worker: Worker; ending: Ending };

export function start(file: URL, data: unknown): Thread {
  const worker = new Worker(file, { workerData: data });
  const thread: Thread = { worker, ending: { error: new Error('no answer') } };
  worker.on('message', (answer) => (thread.ending = { answer }));
  worker.on('error', (error) => (thread.ending = { error }));
  return thread;
}

export async function join(thread: Thread): Promise<unknown> {
  // A thread that is gone has the id -1. Who comes then has missed its exit code.
  if (thread.worker.threadId !== -1) {
    const code = await new Promise<number>((resolve) => thread.worker.once('exit', resolve));
    if (code !== 0 && 'answer' in thread.ending) throw new Error(`exit code ${code}`);
  }
  if ('error' in thread.ending) throw thread.ending.error;
  return thread.ending.answer;
}

export async function runAll(jobs: readonly Job[]): Promise<unknown[]> {
  const threads = jobs.map(({ file, data }) => start(file, data));
  await Promise.allSettled(threads.map(join));
  return Promise.all(threads.map(join));
}
