// caught by "runAll gives the answers in the order of the jobs": Only 8 of the 9 were started
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

// Eight lanes, each of which runs one job after the other: more threads than cores bring nothing.
export async function runAll(jobs: readonly Job[]): Promise<unknown[]> {
  const answers: unknown[] = Array.from({ length: jobs.length });
  const failures: unknown[] = [];
  const left = [...jobs.entries()];
  const lane = async (): Promise<void> => {
    for (let next = left.shift(); next; next = left.shift()) {
      const [index, { file, data }] = next;
      try {
        answers[index] = await join(start(file, data));
      } catch (error) {
        failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: 8 }, lane));
  if (failures.length > 0) throw failures[0];
  return answers;
}
