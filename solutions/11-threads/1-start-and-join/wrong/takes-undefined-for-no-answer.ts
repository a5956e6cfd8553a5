// caught by "a thread gets its data, and join brings back its answer": For a thread that answers undefined and ends, join rejected with Error: no answer
import { Worker } from 'node:worker_threads';

type Job = { file: URL; data: unknown };
type Ending = { error: unknown } | { answer: unknown };
type Thread = { worker: Worker; ended: Promise<Ending> };

export function start(file: URL, data: unknown): Thread {
  const worker = new Worker(file, { workerData: data });
  const ended = new Promise<Ending>((resolve) => {
    let said: { value: unknown } | undefined;
    let error: unknown;
    worker.on('message', (value) => (said = { value }));
    worker.on('error', (thrown) => (error = thrown));
    worker.on('exit', (code) => {
      if (error) resolve({ error });
      else if (code !== 0) resolve({ error: new Error(`exit code ${code}`) });
      else if (said?.value !== undefined) resolve({ answer: said.value });
      else resolve({ error: new Error('no answer') });
    });
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
