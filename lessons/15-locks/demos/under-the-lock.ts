// The same computing in two threads, once all of it under one lock, and once with the lock for the sum alone.
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { demo } from 'interleave/kit/demo';
import type { Task } from './under-the-lock.worker.ts';

const jobs = 400;
/** What the jobs come to, whoever does them. */
const sum = sumOf(jobs);

export default demo({
  title: 'Computing in two threads that share a sum',
  setup: async () => {
    const threads = [startThread(), startThread()] as const;
    await Promise.all(threads.map((thread) => once(thread, 'message')));
    return threads;
  },
  variants: {
    'one thread': ([first]) => addUp([first], false),
    'two, all under the lock': (threads) => addUp(threads, true),
    'two, the sum under the lock': (threads) => addUp(threads, false),
  },
  check: (result) => result === sum || `the sum is ${result} instead of ${sum}`,
  ratios: {
    all: { of: 'one thread', over: 'two, all under the lock', threads: 2 },
    brief: { of: 'one thread', over: 'two, the sum under the lock', threads: 2 },
  },
  teardown: async (threads) => {
    await Promise.all(threads.map((thread) => thread.terminate()));
  },
});

function startThread(): Worker {
  return new Worker(new URL('./under-the-lock.worker.ts', import.meta.url));
}

async function addUp(threads: readonly Worker[], isAllUnderLock: boolean): Promise<number> {
  const memory = new Int32Array(new SharedArrayBuffer(8));
  const ends = threads.map((thread) => once(thread, 'message'));
  for (const [index, thread] of threads.entries())
    thread.postMessage({ from: index, step: threads.length, to: jobs, isAllUnderLock, memory } satisfies Task);
  await Promise.all(ends);
  return memory[1] ?? 0;
}

function sumOf(count: number): number {
  let total = 0;
  for (let job = 0; job < count; job++) total = (total + (job % 7)) | 0;
  return total;
}
