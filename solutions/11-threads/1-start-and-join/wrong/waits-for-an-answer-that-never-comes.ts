// caught by "a thread that ends without an answer makes join reject": The promise was still pending
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

type Job = { file: URL; data: unknown };
type Thread = { ended: Promise<unknown> };

export function start(file: URL, data: unknown): Thread {
  const worker = new Worker(file, { workerData: data });
  const ended = Promise.all([once(worker, 'message'), once(worker, 'exit')]).then(([[answer], [code]]) => {
    if (code !== 0) throw new Error(`exit code ${code}`);
    return answer;
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
