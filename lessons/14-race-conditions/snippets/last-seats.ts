// A scenario: two seats are left, and three threads want one each. They look first.
import { i32 } from 'interleave/kit/scenario';

export const threads = 3;

export function setup() {
  const seats = i32(1);
  seats[0] = 2;
  return { seats };
}

// #region thread
export function thread(_id: number, { seats }: Shared) {
  if (Atomics.load(seats, 0) > 0) Atomics.sub(seats, 0, 1);
}

export function invariant({ seats }: Shared) {
  return seats[0]! >= 0;
}
// #endregion

type Shared = ReturnType<typeof setup>;
