// caught by "join waits for the end of the thread, not for its answer": join came back while the thread was still running
import { Worker } from 'node:worker_threads';

type Job = { file: URL; data: unknown };
type Thread = { ended: Promise<unknown> };

export function start(file: URL, data: unknown): Thread {
  const worker = new Worker(file, { workerData: data });
  const ended = new Promise<unknown>((resolve, reject) => {
    worker.on('message', resolve);
    worker.on('error', reject);
    worker.on('exit', (code) => reject(new Error(`no answer, exit code ${code}`)));
  });
  ended.catch(() => {});
  return { ended };
}

export function join({ ended }: Thread): Promise<unknown> {
  return ended;
}

export async function runAll(jobs: readonly Job[]): Promise<unknown[]> {
  const threads = jobs.map(({ file, data }) => start(file, data));
  await Promise.allSettled(threads.map(join));
  return Promise.all(threads.map(join));
}
