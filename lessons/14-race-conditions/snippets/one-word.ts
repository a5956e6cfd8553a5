// A scenario: the same move, with both balances in one word: the upper 16 bits and the lower 16.
import { i32 } from 'interleave/kit/scenario';

export const threads = 2;

export function setup() {
  const accounts = i32(1);
  accounts[0] = 100 << 16;
  return { accounts, seen: i32(1) };
}

// #region thread
export function thread(id: number, { accounts, seen }: Shared) {
  if (id === 0) {
    Atomics.add(accounts, 0, (-10 << 16) + 10);
  } else {
    const both = Atomics.load(accounts, 0);
    seen[0] = (both >> 16) + (both & 0xffff);
  }
}
// #endregion

export function final({ seen }: Shared) {
  return seen[0] === 100;
}

type Shared = ReturnType<typeof setup>;
