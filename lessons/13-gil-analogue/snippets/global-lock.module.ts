// One lock for all threads: a word of shared memory, 0 while nobody holds it.

// #region lock
export function acquire(word: Int32Array): void {
  while (Atomics.exchange(word, 0, 1) === 1) Atomics.wait(word, 0, 1);
}

export function release(word: Int32Array): void {
  Atomics.store(word, 0, 0);
  Atomics.notify(word, 0, 1);
}
// #endregion
