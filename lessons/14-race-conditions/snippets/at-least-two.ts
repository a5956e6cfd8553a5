// A scenario: two threads add 1 twice, and as much as can go wrong does. Two are left at least.
import { i32 } from 'interleave/kit/scenario';

export const threads = 2;

export function setup() {
  return { counter: i32(1) };
}

export function thread(_id: number, { counter }: Shared) {
  for (let i = 0; i < 2; i++) Atomics.store(counter, 0, Atomics.load(counter, 0) + 1);
}

// #region final
export function final({ counter }: Shared) {
  return counter[0]! >= 2;
}
// #endregion

type Shared = ReturnType<typeof setup>;
