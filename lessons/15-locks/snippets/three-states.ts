// A lock with three states, and three threads that want it.
import { i32 } from 'interleave/kit/scenario';
import { lock, unlock } from './lock.module.ts';

export const threads = 3;

export function setup() {
  return { word: i32(1), inside: i32(1) };
}

// #region thread
export function thread(_id: number, { word, inside }: Shared): void {
  lock(word);
  Atomics.add(inside, 0, 1);
  Atomics.sub(inside, 0, 1);
  unlock(word);
}
// #endregion

export function invariant({ inside }: Shared): void {
  const count = Atomics.load(inside, 0);
  if (count > 1) throw new Error(`${count} threads are inside`);
}

type Shared = ReturnType<typeof setup>;
