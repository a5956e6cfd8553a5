// caught by "join may come after the thread has ended": A promise was rejected while nobody held it
import { Worker } from 'node:worker_threads';

type Job = { file: URL; data: unknown };
type Thread = { ended: Promise<unknown> };

export function start(file: URL, data: unknown): Thread {
  const worker = new Worker(file, { workerData: data });
  const ended = new Promise<unknown>((resolve, reject) => {
    let said: { answer: unknown } | undefined;
    worker.on('message', (answer) => (said = { answer }));
    worker.on('error', reject);
    worker.on('exit', (code) => (said && code === 0 ? resolve(said.answer) : reject(new Error(`exit code ${code}`))));
  });
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
