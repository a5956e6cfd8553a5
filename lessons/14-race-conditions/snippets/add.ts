// A scenario: two threads add 1 twice, with Atomics.add.
import { i32 } from 'interleave/kit/scenario';

export const threads = 2;

export function setup() {
  return { counter: i32(1) };
}

// #region thread
export function thread(_id: number, { counter }: Shared) {
  for (let i = 0; i < 2; i++) Atomics.add(counter, 0, 1);
}
// #endregion

export function final({ counter }: Shared) {
  return counter[0] === 4;
}

type Shared = ReturnType<typeof setup>;
