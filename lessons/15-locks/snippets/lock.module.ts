// #region lock
/** Queued: it is taken, and others may be asleep. */
const [free, taken, queued] = [0, 1, 2];

/** Waits until nobody is inside, asleep, and goes in. */
export function lock(word: Int32Array): void {
  if (Atomics.compareExchange(word, 0, free, taken) === free) return;
  while (Atomics.exchange(word, 0, queued) !== free) {
    Atomics.wait(word, 0, queued);
  }
}

/** Leaves, and wakes one of those who are asleep, if there may be any. */
export function unlock(word: Int32Array): void {
  const before = Atomics.exchange(word, 0, free);
  if (before === queued) Atomics.notify(word, 0, 1);
}
// #endregion

// #region with
/** Runs the body inside, and leaves however it ends. */
export function withLock<T>(word: Int32Array, body: () => T): T {
  lock(word);
  try {
    return body();
  } finally {
    unlock(word);
  }
}
// #endregion
