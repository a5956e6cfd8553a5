// A scenario: one thread moves 10 from one account to the other; the second adds both up.
import { i32 } from 'interleave/kit/scenario';

export const threads = 2;

export function setup() {
  const accounts = i32(2);
  accounts[0] = 100;
  return { accounts, seen: i32(1) };
}

// #region thread
export function thread(id: number, { accounts, seen }: Shared) {
  if (id === 0) {
    Atomics.sub(accounts, 0, 10);
    Atomics.add(accounts, 1, 10);
  } else {
    seen[0] = Atomics.load(accounts, 0) + Atomics.load(accounts, 1);
  }
}

export function final({ seen }: Shared) {
  return seen[0] === 100;
}
// #endregion

type Shared = ReturnType<typeof setup>;
