// A thread of under-the-lock.ts: does every so-manieth job, and adds what comes of it to a sum that all of them share.
import { parentPort } from 'node:worker_threads';
import { withLock } from '../snippets/lock.module.ts';

export interface Task {
  /** the first job */
  readonly from: number;
  /** the first one that is not done any more */
  readonly to: number;
  readonly step: number;
  /** the lock is held while a job is computed, and not just while its result is added */
  readonly isAllUnderLock: boolean;
  /** two words: the lock and the sum */
  readonly memory: Int32Array;
}

parentPort?.on('message', ({ from, to, step, isAllUnderLock, memory }: Task) => {
  const [word, sum] = [memory.subarray(0, 1), memory.subarray(1, 2)];
  for (let job = from; job < to; job += step) {
    if (isAllUnderLock) {
      withLock(word, () => (sum[0]! += compute(job)));
    } else {
      const result = compute(job);
      withLock(word, () => (sum[0]! += result));
    }
  }
  parentPort?.postMessage('done');
});

/** Slow on purpose: the remainder of a number by 7, by going round a circle of 7. */
function compute(job: number): number {
  let place = 0;
  for (let step = 0; step < job + 7 * 5_000; step++) place = place === 6 ? 0 : place + 1;
  return place;
}

parentPort?.postMessage('ready');
