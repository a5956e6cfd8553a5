// Thirty go over. An auditor adds up until it finds the same sum twice.
import { i32 } from 'interleave/kit/scenario';

export const threads = 2;

export function setup() {
  const accounts = i32(2);
  accounts[0] = 100;
  return { accounts, seen: i32(1) };
}

// #region thread
export function thread(id: number, { accounts, seen }: Shared): void {
  if (id === 0) {
    Atomics.sub(accounts, 0, 30);
    Atomics.add(accounts, 1, 30);
  } else {
    let [before, sum] = [addUp(accounts), addUp(accounts)];
    while (sum !== before) [before, sum] = [sum, addUp(accounts)];
    Atomics.store(seen, 0, sum);
  }
}

function addUp(accounts: Int32Array): number {
  return Atomics.load(accounts, 0) + Atomics.load(accounts, 1);
}
// #endregion

export function final({ seen }: Shared): void {
  const sum = Atomics.load(seen, 0);
  if (sum !== 100) throw new Error(`the auditor found ${sum}`);
}

type Shared = ReturnType<typeof setup>;
