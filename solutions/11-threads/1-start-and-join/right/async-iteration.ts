// A thread as a stream of messages that closes when the thread is gone; the last message is the answer.
import { on } from 'node:events';
import { Worker } from 'node:worker_threads';

type Job = { file: URL; data: unknown };
type Thread = Promise<PromiseSettledResult<unknown>>;

export function start(file: URL, data: unknown): Thread {
  return Promise.allSettled([live(new Worker(file, { workerData: data }))]).then(([result]) => result);
}

async function live(worker: Worker): Promise<unknown> {
  const messages = on(worker, 'message', { close: ['exit'] });
  const exited = new Promise<number>((resolve) => worker.once('exit', resolve));
  const received: unknown[] = [];
  try {
    for await (const [message] of messages) received.push(message);
  } finally {
    // The loop ends early when the thread throws.
    await exited;
  }
  const code = await exited;
  if (code !== 0) throw new Error(`the thread ended with exit code ${code}`);
  if (received.length === 0) throw new Error('the thread did not answer');
  return received.at(-1);
}

export async function join(thread: Thread): Promise<unknown> {
  const result = await thread;
  if (result.status === 'rejected') throw result.reason;
  return result.value;
}

export async function runAll(jobs: readonly Job[]): Promise<unknown[]> {
  const threads = jobs.map(({ file, data }) => start(file, data));
  const answers: unknown[] = [];
  // One after the other is fine here: all of them were started, and none is left out.
  let failure: PromiseRejectedResult | undefined;
  for (const thread of threads) {
    const result = await thread;
    if (result.status === 'fulfilled') answers.push(result.value);
    else failure ??= result;
  }
  if (failure) throw failure.reason;
  return answers;
}
