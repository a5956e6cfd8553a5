// The same lock, which looks and writes in one step.
import { i32 } from 'interleave/kit/scenario';

// #region lock
function lock(word: Int32Array): void {
  while (Atomics.exchange(word, 0, 1) === 1);
}
// #endregion

function unlock(word: Int32Array): void {
  Atomics.store(word, 0, 0);
}

export const threads = 2;

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
