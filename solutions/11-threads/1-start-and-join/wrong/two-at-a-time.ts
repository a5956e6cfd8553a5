// caught by "runAll runs all threads at the same time": Only 2 of the 3 were started
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

// Two that take the next job whenever they are through with one.
export async function runAll(jobs: readonly Job[]): Promise<unknown[]> {
  const answers: unknown[] = [];
  const next = jobs.entries();
  const take = async () => {
    for (const [index, { file, data }] of next) answers[index] = await join(start(file, data));
  };
  const ended = await Promise.allSettled([take(), take()]);
  for (const result of ended) if (result.status === 'rejected') throw result.reason;
  return answers;
}
