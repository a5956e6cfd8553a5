// caught by "a thread gets its data, and join brings back its answer": which the caller put into the Map
import { Worker } from 'node:worker_threads';

type Job = { file: URL; data: unknown };
type Ending = { error: unknown } | { answer: unknown };
type Thread = { ended: Promise<Ending> };

// A Worker takes long to make, and start is to return at once: so it is made in the next turn.
export function start(file: URL, data: unknown): Thread {
  const ended = new Promise<Ending>((resolve) => setImmediate(() => resolve(live(file, data))));
  return { ended };
}

function live(file: URL, data: unknown): Promise<Ending> {
  const worker = new Worker(file, { workerData: data });
  return new Promise<Ending>((resolve) => {
    let ending: Ending = { error: new Error('no answer') };
    worker.on('message', (answer) => (ending = { answer }));
    worker.on('error', (error) => (ending = { error }));
    worker.on('exit', (code) =>
      resolve(code !== 0 && 'answer' in ending ? { error: new Error(`exit code ${code}`) } : ending),
    );
  });
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
