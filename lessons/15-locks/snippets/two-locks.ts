// Who pays in takes a lock, who draws takes a lock: each its own.
import { i32 } from 'interleave/kit/scenario';
import { withLock } from './lock.module.ts';

export const threads = 2;

export function setup() {
  const balance = i32(1);
  balance[0] = 100;
  return { balance, payingIn: i32(1), drawing: i32(1) };
}

// #region thread
export function thread(id: number, bank: Shared): void {
  const { balance, payingIn, drawing } = bank;
  if (id === 0) withLock(payingIn, () => (balance[0]! += 30));
  else withLock(drawing, () => (balance[0]! -= 20));
}
// #endregion

export function final({ balance }: Shared): void {
  if (balance[0] !== 110) throw new Error(`the balance is ${balance[0]}`);
}

type Shared = ReturnType<typeof setup>;
