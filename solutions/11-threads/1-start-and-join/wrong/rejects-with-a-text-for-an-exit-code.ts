// caught by "join waits for the end of the thread, not for its answer": a string
import { Worker } from 'node:worker_threads';

type Job = { file: URL; data: unknown };
type Ending = { error: unknown } | { answer: unknown };
type Thread = { worker: Worker; ended: Promise<Ending> };

export function start(file: URL, data: unknown): Thread {
  const worker = new Worker(file, { workerData: data });
  const ended = new Promise<Ending>((resolve) => {
    let ending: Ending = { error: new Error('no answer') };
    worker.on('message', (answer) => (ending = { answer }));
    worker.on('error', (error) => (ending = { error }));
    worker.on('exit', (code) => resolve(code !== 0 && 'answer' in ending ? { error: `exit code ${code}` } : ending));
  });
  return { worker, ended };
}

export async function join({ ended }: Thread): Promise<unknown> {
  const ending = await ended;
  if ('error' in ending) throw ending.error;
  return ending.answer;
}

export async function runAll(jobs: readonly Job[]): Promise<unknown[]> {
  const threads = jobs.map(({ file, data }) => start(file, data));
  await Promise.allSettled(threads.map(join));
  return Promise.all(threads.map(join));
}
