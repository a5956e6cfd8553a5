// caught by "a thread gets its data, and join brings back its answer": For a thread that answers 0 and ends, join rejected with Error: no answer
import { Worker } from 'node:worker_threads';

type Job = { file: URL; data: unknown };
type Thread = { ended: Promise<{ error?: unknown; answer?: unknown }> };

export function start(file: URL, data: unknown): Thread {
  const worker = new Worker(file, { workerData: data });
  let answer: unknown;
  let error: unknown;
  worker.on('message', (value) => (answer = value));
  worker.on('error', (thrown) => (error = thrown));
  const ended = new Promise<{ error?: unknown; answer?: unknown }>((resolve) => {
    worker.on('exit', (code) => {
      if (code) error ||= new Error(`exit code ${code}`);
      if (!answer) error ||= new Error('no answer');
      resolve({ error, answer });
    });
  });
  return { ended };
}

export async function join({ ended }: Thread): Promise<unknown> {
  const { error, answer } = await ended;
  if (error) throw error;
  return answer;
}

export async function runAll(jobs: readonly Job[]): Promise<unknown[]> {
  const threads = jobs.map(({ file, data }) => start(file, data));
  await Promise.allSettled(threads.map(join));
  return Promise.all(threads.map(join));
}
