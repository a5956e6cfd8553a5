// A thread of most-inside.ts and under-one-lock.ts: counts the primes of every so-manieth block of numbers, each block under
// the lock or without it, and notes how many threads were counting at the same time.
import { parentPort } from 'node:worker_threads';
import { acquire, release } from '../snippets/global-lock.module.ts';
import { countPrimes } from '../snippets/primes.module.ts';

export interface Task {
  /** the first block */
  readonly from: number;
  /** the first block that is not counted any more */
  readonly to: number;
  readonly step: number;
  readonly isLocked: boolean;
  /** how many threads there are: none begins before all of them are there */
  readonly threads: number;
  /** the lock, how many have come, how many are inside, the most that ever were */
  readonly memory: Int32Array;
}

const numbersInABlock = 2_000;

parentPort?.on('message', ({ from, to, step, isLocked, threads, memory }: Task) => {
  const [lock, came, inside, most] = [0, 1, 2, 3].map((word) => memory.subarray(word, word + 1)) as Words;
  meet(came, threads);
  let count = 0;
  for (let block = from; block < to; block += step) {
    if (isLocked) acquire(lock);
    raise(most, Atomics.add(inside, 0, 1) + 1);
    count += countPrimes(block * numbersInABlock, (block + 1) * numbersInABlock);
    Atomics.sub(inside, 0, 1);
    if (isLocked) release(lock);
  }
  parentPort?.postMessage(count);
});

type Words = [lock: Int32Array, came: Int32Array, inside: Int32Array, most: Int32Array];

function meet(came: Int32Array, threads: number): void {
  Atomics.add(came, 0, 1);
  Atomics.notify(came, 0);
  for (let there = 0; (there = Atomics.load(came, 0)) < threads;) Atomics.wait(came, 0, there);
}

function raise(most: Int32Array, to: number): void {
  for (let seen = Atomics.load(most, 0); seen < to;) seen = Atomics.compareExchange(most, 0, seen, to);
}
