// A module that blocks while it is loaded, as one does that reads a large file first.
import { isMainThread } from 'node:worker_threads';
import { loadedOnTheMainThread } from './library.ts';

// In place of blocking the loop, so that the test can say what is wrong.
if (isMainThread) throw new Error(loadedOnTheMainThread);
Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);

/** Cents for so many boxes. */
export function boxes(count: number): number {
  return count * 475;
}
