// A scenario: two threads add 1 to the same word.
import { i32 } from 'interleave/kit/scenario';

export const threads = 2;

export function setup() {
  return { counter: i32(1) };
}

// #region thread
export function thread(_id: number, { counter }: Shared) {
  counter[0]! += 1;
}

export function final({ counter }: Shared) {
  return counter[0] === 2;
}
// #endregion

type Shared = ReturnType<typeof setup>;
