// caught by "a thread gets its data, and join brings back its answer": 8 threads were started
import { Worker } from 'node:worker_threads';

type Job = { file: URL; data: unknown };
type Ending = { error: unknown } | { answer: unknown };
type Thread = { job: Job; ended: Promise<Ending> };

export function start(file: URL, data: unknown): Thread {
  return { job: { file, data }, ended: live(new Worker(file, { workerData: data })) };
}

function live(worker: Worker): Promise<Ending> {
  return new Promise((resolve) => {
    let ending: Ending = { error: new Error('no answer') };
    worker.on('message', (answer) => (ending = { answer }));
    worker.on('error', (error) => (ending = { error }));
    worker.on('exit', (code) =>
      resolve(code !== 0 && 'answer' in ending ? { error: new Error(`exit code ${code}`) } : ending),
    );
  });
}

// Each thread runs twice, and it is the second one that is asked.
export async function join({ job, ended }: Thread): Promise<unknown> {
  await ended;
  const ending = await start(job.file, job.data).ended;
  if ('error' in ending) throw ending.error;
  return ending.answer;
}

export async function runAll(jobs: readonly Job[]): Promise<unknown[]> {
  const threads = jobs.map(({ file, data }) => start(file, data));
  await Promise.allSettled(threads.map(join));
  return Promise.all(threads.map(join));
}
