// Three deposits into one account, at the same time. One of them comes only if it is not the last: nobody can know how many
// there will be.
import type { Operations } from 'interleave/kit/scenario';
import { Changes } from './changes.ts';
import { deposit } from './lab.ts';

const amounts = [30, 50, 100];

export const tasks = amounts.length;

export function setup({ operation }: Operations) {
  const balances = new Map([['ann', 7]]);
  return {
    balances,
    changes: new Changes(7),
    paidIn: [] as number[],
    store: {
      read: operation((account: string) => balances.get(account) ?? 0),
      write: operation((account: string, balance: number) => {
        balances.set(account, balance);
      }),
    },
  };
}

export async function task(id: number, { changes, paidIn, store }: Shared) {
  if (id === 2 && paidIn.length === 2) return;
  const end = changes.begin(amounts[id]!);
  paidIn.push(amounts[id]!);
  await deposit(store, 'ann', amounts[id]!);
  end(true);
}

export function invariant({ balances, changes }: Shared) {
  changes.check(balances.get('ann')!);
}

export function final({ balances, paidIn }: Shared) {
  if (balances.size > 1) throw new Error('The deposits went to an account that nobody named.');
  const [sum, balance] = [paidIn.reduce((all, amount) => all + amount, 0), balances.get('ann')!];
  if (balance !== 7 + sum)
    throw new Error(`There were 7 and ${sum} were paid in, and the store has ${balance}: a deposit was lost.`);
}

type Shared = ReturnType<typeof setup>;
