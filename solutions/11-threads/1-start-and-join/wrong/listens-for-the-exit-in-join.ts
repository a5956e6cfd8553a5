// caught by "join may come after the thread has ended": and it does not come again
import { Worker } from 'node:worker_threads';

type Job = { file: URL; data: unknown };
type Ending = { error: unknown } | { answer: unknown };
type Thread = { worker: Worker; ending: Ending };

export function start(file: URL, data: unknown): Thread {
  const worker = new Worker(file, { workerData: data });
  const thread: Thread = { worker, ending: { error: new Error('no answer') } };
  worker.on('message', (answer) => (thread.ending = { answer }));
  worker.on('error', (error) => (thread.ending = { error }));
  return thread;
}

export async function join(thread: Thread): Promise<unknown> {
  const code = await new Promise<number>((resolve) => thread.worker.on('exit', resolve));
  if ('error' in thread.ending) throw thread.ending.error;
  if (code !== 0) throw new Error(`exit code ${code}`);
  return thread.ending.answer;
}

export async function runAll(jobs: readonly Job[]): Promise<unknown[]> {
  const threads = jobs.map(({ file, data }) => start(file, data));
  const ended = await Promise.allSettled(threads.map(join));
  return ended.map((result) => {
    if (result.status === 'rejected') throw result.reason;
    return result.value;
  });
}
