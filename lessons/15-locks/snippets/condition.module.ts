import { lock, unlock } from './sleeping-lock.module.ts';

/** Leaves the lock, sleeps until somebody rings, and takes the lock again. */
export function sleepOn(bell: Int32Array, word: Int32Array): void {
  const rung = Atomics.load(bell, 0);
  unlock(word);
  Atomics.wait(bell, 0, rung);
  lock(word);
}

/** Wakes one of those who sleep on the bell. */
export function ring(bell: Int32Array): void {
  Atomics.add(bell, 0, 1);
  Atomics.notify(bell, 0, 1);
}
