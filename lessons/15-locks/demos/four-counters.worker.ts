// A thread of four-counters.ts: waits until both are there, then counts in the way that it is told.
import { parentPort } from 'node:worker_threads';
import { lock, unlock, withLock } from '../snippets/lock.module.ts';

export type Way = 'plain' | 'atomic' | 'lock' | 'own';

export interface Task {
  readonly way: Way;
  readonly increments: number;
  /** three lines of a cache: the lock, the count, and how many threads are there */
  readonly memory: Int32Array;
}

parentPort?.on('message', ({ way, increments, memory }: Task) => {
  const [word, count, here] = [0, 16, 32].map((at) => memory.subarray(at, at + 1)) as [
    Int32Array,
    Int32Array,
    Int32Array,
  ];
  // Without this the first might be through before the second has heard of it.
  Atomics.add(here, 0, 1);
  while (Atomics.load(here, 0) < 2);
  waysToCount[way](increments, count, word);
  parentPort?.postMessage('done');
});

const waysToCount: Readonly<Record<Way, (increments: number, count: Int32Array, word: Int32Array) => void>> = {
  plain(increments, count) {
    for (let i = 0; i < increments; i++) count[0]! += 1;
  },
  atomic(increments, count) {
    for (let i = 0; i < increments; i++) Atomics.add(count, 0, 1);
  },
  lock(increments, count, word) {
    for (let i = 0; i < increments; i++) {
      lock(word);
      count[0]! += 1;
      unlock(word);
    }
  },
  own(increments, count, word) {
    let own = 0;
    for (let i = 0; i < increments; i++) own += 1;
    withLock(word, () => (count[0]! += own));
  },
};

parentPort?.postMessage('ready');
