// A scenario: two threads add 1 twice, with Atomics.load and Atomics.store.
import { i32 } from 'interleave/kit/scenario';

export const threads = 2;

export function setup() {
  return { counter: i32(1) };
}

// #region thread
export function thread(_id: number, { counter }: Shared) {
  for (let i = 0; i < 2; i++) {
    const value = Atomics.load(counter, 0);
    Atomics.store(counter, 0, value + 1);
  }
}

export function final({ counter }: Shared) {
  return counter[0] === 4;
}
// #endregion

type Shared = ReturnType<typeof setup>;
