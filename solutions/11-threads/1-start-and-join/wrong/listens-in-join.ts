// caught by "join may come after the thread has ended": an event that comes before its listener is lost
import { Worker } from 'node:worker_threads';

type Job = { file: URL; data: unknown };
type Thread = { worker: Worker };

export function start(file: URL, data: unknown): Thread {
  return { worker: new Worker(file, { workerData: data }) };
}

export function join({ worker }: Thread): Promise<unknown> {
  return new Promise((resolve, reject) => {
    let said: { answer: unknown } | undefined;
    worker.on('message', (answer) => (said = { answer }));
    worker.on('error', reject);
    worker.on('exit', (code) => (said && code === 0 ? resolve(said.answer) : reject(new Error(`exit code ${code}`))));
  });
}

export async function runAll(jobs: readonly Job[]): Promise<unknown[]> {
  const threads = jobs.map(({ file, data }) => start(file, data));
  const ended = await Promise.allSettled(threads.map(join));
  return ended.map((result) => {
    if (result.status === 'rejected') throw result.reason;
    return result.value;
  });
}
