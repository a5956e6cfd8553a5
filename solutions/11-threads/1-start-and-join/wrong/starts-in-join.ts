// caught by "join may come after the thread has ended": started before join was called
import { Worker } from 'node:worker_threads';

type Job = { file: URL; data: unknown };
type Thread = { file: URL; data: unknown };

export function start(file: URL, data: unknown): Thread {
  return { file, data };
}

export function join({ file, data }: Thread): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(file, { workerData: data });
    let said: { answer: unknown } | undefined;
    worker.on('message', (answer) => (said = { answer }));
    worker.on('error', reject);
    worker.on('exit', (code) => (said && code === 0 ? resolve(said.answer) : reject(new Error(`exit code ${code}`))));
  });
}

export async function runAll(jobs: readonly Job[]): Promise<unknown[]> {
  const ended = await Promise.allSettled(jobs.map(({ file, data }) => join(start(file, data))));
  return ended.map((result) => {
    if (result.status === 'rejected') throw result.reason;
    return result.value;
  });
}
