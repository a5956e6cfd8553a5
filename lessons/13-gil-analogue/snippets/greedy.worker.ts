// Computes in slices of a millisecond, or wants the lock just once.
import { parentPort, workerData } from 'node:worker_threads';
import { acquire, release } from './global-lock.module.ts';

const { word, slices, isGreedy }: Task = workerData;
if (isGreedy) {
  for (let slice = 0; slice < 200; slice++) {
    acquire(word);
    const end = performance.now() + 1;
    while (performance.now() < end);
    Atomics.add(slices, 0, 1);
    release(word);
  }
} else {
  const before = Atomics.load(slices, 0);
  acquire(word);
  const after = Atomics.load(slices, 0);
  release(word);
  parentPort?.postMessage({ before, after });
}

interface Task {
  readonly word: Int32Array;
  readonly slices: Int32Array;
  readonly isGreedy: boolean;
}
