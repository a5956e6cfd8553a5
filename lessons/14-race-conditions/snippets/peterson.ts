// A scenario: Peterson's lock of 1981, with plain reads and writes. Is ever more than one thread inside?
import { i32 } from 'interleave/kit/scenario';

export const threads = 2;

export function setup() {
  return { wants: i32(2), turn: i32(1), inside: i32(1) };
}

// #region thread
export function thread(id: number, { wants, turn, inside }: Shared) {
  const other = 1 - id;
  wants[id] = 1;
  turn[0] = other;
  while (wants[other] === 1 && turn[0] === other);
  Atomics.add(inside, 0, 1);
  Atomics.sub(inside, 0, 1);
  wants[id] = 0;
}

export function invariant({ inside }: Shared) {
  return inside[0]! <= 1;
}
// #endregion

type Shared = ReturnType<typeof setup>;
