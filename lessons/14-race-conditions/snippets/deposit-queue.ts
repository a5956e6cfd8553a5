// A scenario of async tasks: two deposits into one account, one behind the other in a queue of promises.
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
let last: Promise<unknown> = Promise.resolve();

export async function task(id: number, { read, write }: Shared) {
  const amount = [30, 50][id]!;
  const mine = last.then(async () => {
    const balance = await read();
    await write(balance + amount);
  });
  last = mine.catch(() => {});
  await mine;
}
// #endregion

export function final({ account }: Shared) {
  return account.balance === 80;
}

type Shared = ReturnType<typeof setup>;
