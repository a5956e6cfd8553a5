// One caller pays in once, and another one four times at once: behind whoever is first, four wait.
import type { Operations } from 'interleave/kit/scenario';
import { deposit } from './lab.ts';

const amounts = [[1], [10, 20, 30, 40]];

export const tasks = amounts.length;

export function setup({ operation }: Operations) {
  const balances = new Map([['ann', 7]]);
  return {
    balances,
    store: {
      read: operation((account: string) => balances.get(account) ?? 0),
      write: operation((account: string, balance: number) => {
        balances.set(account, balance);
      }),
    },
  };
}

export async function task(id: number, { store }: Shared) {
  await Promise.all(amounts[id]!.map((amount) => deposit(store, 'ann', amount)));
}

export function final({ balances }: Shared) {
  const balance = balances.get('ann');
  if (balance !== 108)
    throw new Error(`There were 7 and 101 were paid in, and the store has ${balance}: a deposit was lost.`);
}

type Shared = ReturnType<typeof setup>;
