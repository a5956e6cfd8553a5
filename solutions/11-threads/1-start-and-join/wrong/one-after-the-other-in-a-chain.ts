// caught by "runAll runs all threads at the same time": Only 1 of the 3 was started
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
    worker.on('exit', (code) =>
      resolve(code !== 0 && 'answer' in ending ? { error: new Error(`exit code ${code}`) } : ending),
    );
  });
  return { worker, ended };
}

export async function join({ ended }: Thread): Promise<unknown> {
  const ending = await ended;
  if ('error' in ending) throw ending.error;
  return ending.answer;
}

// No await in a loop to be seen, and yet each start waits for the join before it.
export function runAll(jobs: readonly Job[]): Promise<unknown[]> {
  return jobs.reduce<Promise<unknown[]>>(
    (before, { file, data }) => before.then(async (answers) => [...answers, await join(start(file, data))]),
    Promise.resolve([]),
  );
}
