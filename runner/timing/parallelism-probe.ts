// How many threads' worth of cores the machine really offers now: the same fixed work on one thread and on several at
// once. What the system says it has (availableParallelism) may be in use by somebody else, or held back by the host.
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { shortestMs } from './repeats.ts';

/** The least of these counts: something else may have had the core meanwhile. */
const calibrations = 5;
/** Code that is not compiled yet takes longer. */
const warmUpSteps = 2_000_000;

export interface ParallelismProbe {
  /** milliseconds of the fixed work on one thread */
  alone(): Promise<number>;
  /** milliseconds of the fixed work on each of so many threads at once */
  together(threads: number): Promise<number>;
  close(): Promise<void>;
}

/** The parallelism of one round: 2 of 2 when the machine is ours. */
export function parallelism({
  threads,
  aloneMs,
  togetherMs,
}: {
  threads: number;
  aloneMs: number;
  togetherMs: number;
}): number {
  return (threads * aloneMs) / togetherMs;
}

/** Starts the threads, the most that will be asked for, and finds out how much work takes long enough. */
export async function startProbe(threads: number, now: () => number): Promise<ParallelismProbe> {
  const workers = Array.from({ length: threads }, () => new Worker(new URL('./spin-main.ts', import.meta.url)));
  const timed = async (some: readonly Worker[], steps: number): Promise<number> => {
    const start = now();
    await Promise.all(some.map((worker) => spinOn(worker, steps)));
    return now() - start;
  };
  const first = workers.slice(0, 1);
  for (let i = 0; i < calibrations; i++) await timed(workers, warmUpSteps);
  let fastestMs = Infinity;
  for (let i = 0; i < calibrations; i++) fastestMs = Math.min(fastestMs, await timed(first, warmUpSteps));
  const steps = Math.ceil((warmUpSteps * shortestMs) / fastestMs);
  return {
    alone: () => timed(first, steps),
    together: (threads) => timed(workers.slice(0, threads), steps),
    async close() {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}

async function spinOn(worker: Worker, steps: number): Promise<void> {
  const answer = once(worker, 'message');
  worker.postMessage(steps);
  await answer;
}
