// A lock with three states, and one line too many.
import { i32 } from 'interleave/kit/scenario';

// #region lock
/** Queued: it is taken, and others may be asleep. */
const [free, taken, queued] = [0, 1, 2];

// #region tidy
function lock(word: Int32Array): void {
  if (Atomics.compareExchange(word, 0, free, taken) === free) return;
  while (Atomics.exchange(word, 0, queued) !== free) {
    Atomics.wait(word, 0, queued);
  }
  Atomics.store(word, 0, taken);
}
// #endregion

function unlock(word: Int32Array): void {
  const before = Atomics.exchange(word, 0, free);
  if (before === queued) Atomics.notify(word, 0, 1);
}
// #endregion

export const threads = 3;

export function setup() {
  return { word: i32(1), inside: i32(1) };
}

export function thread(_id: number, { word, inside }: Shared): void {
  lock(word);
  Atomics.add(inside, 0, 1);
  Atomics.sub(inside, 0, 1);
  unlock(word);
}

export function invariant({ inside }: Shared): void {
  const count = Atomics.load(inside, 0);
  if (count > 1) throw new Error(`${count} threads are inside`);
}

type Shared = ReturnType<typeof setup>;
