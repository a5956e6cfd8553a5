// The threads of most-inside.ts and under-one-lock.ts, from the outside.
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Task } from './one-lock.worker.ts';

const blocks = 150;
/** below 300,000, where the blocks end */
export const primes = 25_997;

export interface Counted {
  readonly count: number;
  /** the most threads that were counting at one time */
  readonly most: number;
}

export function startThreads(): readonly [Worker, Worker] {
  return [startThread(), startThread()];
}

function startThread(): Worker {
  return new Worker(new URL('./one-lock.worker.ts', import.meta.url));
}

export async function stopThreads(threads: readonly Worker[]): Promise<void> {
  await Promise.all(threads.map((thread) => thread.terminate()));
}

/** Has all blocks counted by these threads, who take every so-manieth block each. */
export async function countPrimes(threads: readonly Worker[], isLocked: boolean): Promise<Counted> {
  const memory = new Int32Array(new SharedArrayBuffer(16));
  const counts = await Promise.all(
    threads.map(async (thread, from) => {
      const answer = once(thread, 'message') as Promise<[number]>;
      const task: Task = { from, to: blocks, step: threads.length, isLocked, threads: threads.length, memory };
      thread.postMessage(task);
      return (await answer)[0];
    }),
  );
  return { count: counts.reduce((sum, count) => sum + count, 0), most: memory[3] ?? 0 };
}

export function isAllCounted({ count }: Counted): boolean | string {
  return count === primes || `there are ${primes} primes, and ${count} were counted`;
}
