// The lock that a LockedCounter is given: 0 is free, 1 is taken. Who waits sleeps on the word.

/** Waits until nobody has the lock, and takes it. */
export function lock(word: Int32Array): void {
  while (Atomics.exchange(word, 0, 1) === 1) Atomics.wait(word, 0, 1);
}

/** Gives the lock back. */
export function unlock(word: Int32Array): void {
  Atomics.store(word, 0, 0);
  Atomics.notify(word, 0, 1);
}
