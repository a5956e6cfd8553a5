// Async tasks make two deposits; the explorer says when the store answers.
import type { Operations } from 'interleave/kit/scenario';

export const tasks = 2;

export function setup({ operation }: Operations) {
  const account = { balance: 0 };
  return {
    account,
    read: operation(() => account.balance),
    write: operation((balance: number) => {
      account.balance = balance;
    }),
  };
}

// #region task
export async function task(id: number, { read, write }: Shared) {
  const amount = [30, 50][id]!;
  const balance = await read();
  await write(balance + amount);
}

export function final({ account }: Shared) {
  return account.balance === 80;
}
// #endregion

type Shared = ReturnType<typeof setup>;
