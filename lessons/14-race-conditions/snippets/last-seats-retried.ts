// A scenario: two seats are left, and three threads want one each. They look, and look again whether it is still so.
import { i32 } from 'interleave/kit/scenario';

export const threads = 3;

export function setup() {
  const seats = i32(1);
  seats[0] = 2;
  return { seats };
}

// #region thread
export function thread(_id: number, { seats }: Shared) {
  for (;;) {
    const left = Atomics.load(seats, 0);
    if (left === 0) return;
    if (Atomics.compareExchange(seats, 0, left, left - 1) === left) return;
  }
}
// #endregion

export function invariant({ seats }: Shared) {
  return seats[0]! >= 0;
}

export function final({ seats }: Shared) {
  return seats[0] === 0;
}

type Shared = ReturnType<typeof setup>;
