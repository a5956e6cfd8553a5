// The transfer has its lock. The auditor only reads.
import { i32 } from 'interleave/kit/scenario';
import { withLock } from './lock.module.ts';

export const threads = 2;

export function setup() {
  const accounts = i32(2);
  accounts[0] = 100;
  return { accounts, word: i32(1), seen: i32(1) };
}

// #region thread
export function thread(id: number, { accounts, word, seen }: Shared): void {
  if (id === 0) {
    withLock(word, () => {
      accounts[0]! -= 30;
      accounts[1]! += 30;
    });
  } else {
    seen[0] = accounts[0]! + accounts[1]!;
  }
}
// #endregion

export function final({ seen }: Shared): void {
  if (seen[0] !== 100) throw new Error(`the auditor found ${seen[0]}`);
}

type Shared = ReturnType<typeof setup>;
