// #region lock
export function lock(word: Int32Array): void {
  while (Atomics.exchange(word, 0, 1) === 1) Atomics.wait(word, 0, 1);
}

export function unlock(word: Int32Array): void {
  Atomics.store(word, 0, 0);
  Atomics.notify(word, 0, 1);
}
// #endregion
