// Counts the primes of every other block of numbers, under the lock if there is one.
import { workerData } from 'node:worker_threads';
import { acquire, release } from './global-lock.module.ts';
import { countPrimes } from './primes.module.ts';

const { first, lock, inside, primes }: Task = workerData;
// #region loop
for (let block = first; block < 100; block += 2) {
  if (lock) acquire(lock);
  const others = Atomics.add(inside, 0, 1);
  if (others > 0) Atomics.store(inside, 1, 1);
  const count = countPrimes(block * 10_000, (block + 1) * 10_000);
  Atomics.sub(inside, 0, 1);
  if (lock) release(lock);
  Atomics.add(primes, 0, count);
}
// #endregion

interface Task {
  /** the first block */
  readonly first: number;
  readonly lock: Int32Array | undefined;
  /** how many threads are counting, and 1 if it was ever more than one */
  readonly inside: Int32Array;
  readonly primes: Int32Array;
}
