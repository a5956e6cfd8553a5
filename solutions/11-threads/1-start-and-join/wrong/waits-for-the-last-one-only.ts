// caught by "runAll gives the answers in the order of the jobs": of its 9 threads still ran
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

// The last one was started last, so when it has ended the others have ended, too.
export async function runAll(jobs: readonly Job[]): Promise<unknown[]> {
  const threads = jobs.map(({ file, data }) => start(file, data));
  const answers: unknown[] = Array.from({ length: jobs.length });
  let failure: { error: unknown } | undefined;
  for (const [index, thread] of threads.entries()) {
    join(thread).then(
      (answer) => (answers[index] = answer),
      (error: unknown) => (failure ??= { error }),
    );
  }
  await threads.at(-1)?.ended;
  if (failure) throw failure.error;
  return answers;
}
