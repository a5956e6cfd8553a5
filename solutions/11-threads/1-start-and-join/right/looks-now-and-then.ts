// No promise of a thread's end: whoever waits looks twice a second whether it has come.
import { Worker } from 'node:worker_threads';

interface Thread {
  thrown?: { readonly error: unknown };
  answer?: { readonly value: unknown };
  code?: number;
}

const lookEveryMs = 500;

export function start(file: URL, data: unknown): Thread {
  const thread: Thread = {};
  new Worker(file, { workerData: data })
    .on('error', (error) => (thread.thrown = { error }))
    .on('message', (value) => (thread.answer = { value }))
    .on('exit', (code) => (thread.code = code));
  return thread;
}

function allGone(threads: readonly Thread[]): Promise<void> {
  return new Promise((resolve) => {
    // It goes on looking for ever: a promise that has settled does not mind.
    setInterval(() => {
      if (threads.every(({ code }) => code !== undefined)) resolve();
    }, lookEveryMs);
  });
}

function outcome({ thrown, answer, code }: Thread): unknown {
  if (thrown) throw thrown.error;
  if (code !== 0) throw new Error(`It left with exit code ${code}.`);
  if (!answer) throw new Error('It never answered.');
  return answer.value;
}

export async function join(thread: Thread): Promise<unknown> {
  await allGone([thread]);
  return outcome(thread);
}

export async function runAll(jobs: readonly { file: URL; data: unknown }[]): Promise<unknown[]> {
  const threads = jobs.map(({ file, data }) => start(file, data));
  await allGone(threads);
  return threads.map(outcome);
}
