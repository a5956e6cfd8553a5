// Three deposits into one account, at the same time.
import type { Operations } from 'interleave/kit/scenario';
import { deposit } from './lab.ts';

const amounts = [30, 50, 100];

export const tasks = amounts.length;

export function setup({ operation }: Operations) {
  const balances = new Map([['ann', 7]]);
  return {
    balances,
    after: [] as string[],
    store: {
      read: operation((account: string) => balances.get(account) ?? 0),
      write: operation((account: string, balance: number) => {
        balances.set(account, balance);
      }),
    },
  };
}

export async function task(id: number, { balances, after, store }: Shared) {
  await deposit(store, 'ann', amounts[id]!);
  const balance = balances.get('ann')!;
  if (balance < amounts[id]!)
    after.push(`The deposit of ${amounts[id]!} was said to be done when the store had ${balance}.`);
}

export function final({ balances, after }: Shared) {
  for (const early of after) throw new Error(early);
  const balance = balances.get('ann');
  if (balances.size > 1) throw new Error('The deposits went to an account that nobody named.');
  if (balance !== 187)
    throw new Error(`There were 7 and 180 were paid in, and the store has ${balance}: a deposit was lost.`);
}

type Shared = ReturnType<typeof setup>;
