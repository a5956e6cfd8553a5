// A lock with a bell: who finds it taken sleeps until the bell rings.
import { i32 } from 'interleave/kit/scenario';

// #region lock
function lock(word: Int32Array, bell: Int32Array): void {
  while (Atomics.exchange(word, 0, 1) === 1) Atomics.wait(bell, 0, 0);
}

function unlock(word: Int32Array, bell: Int32Array): void {
  Atomics.store(word, 0, 0);
  Atomics.notify(bell, 0, 1);
}
// #endregion

export const threads = 2;

export function setup() {
  return { word: i32(1), bell: i32(1), inside: i32(1) };
}

export function thread(_id: number, { word, bell, inside }: Shared): void {
  lock(word, bell);
  Atomics.add(inside, 0, 1);
  Atomics.sub(inside, 0, 1);
  unlock(word, bell);
}

export function invariant({ inside }: Shared): void {
  const count = Atomics.load(inside, 0);
  if (count > 1) throw new Error(`${count} threads are inside`);
}

type Shared = ReturnType<typeof setup>;
