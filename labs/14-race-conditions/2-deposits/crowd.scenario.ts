// One caller pays in once, and another one four times at once: behind whoever is first, four wait.
import type { Operations } from 'interleave/kit/scenario';
import { Changes } from './changes.ts';
import { deposit } from './lab.ts';

const amounts = [[1], [10, 20, 30, 40]];

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
  const pay = async (amount: number): Promise<void> => {
    const end = changes.begin(amount);
    paidIn.push(amount);
    await deposit(store, 'ann', amount);
    end(true);
  };
  await Promise.all(amounts[id]!.map(pay));
}

export function invariant({ balances, changes }: Shared) {
  changes.check(balances.get('ann')!);
}

export function final({ balances, paidIn }: Shared) {
  const [sum, balance] = [paidIn.reduce((all, amount) => all + amount, 0), balances.get('ann')!];
  if (balance !== 7 + sum)
    throw new Error(`There were 7 and ${sum} were paid in, and the store has ${balance}: a deposit was lost.`);
}

type Shared = ReturnType<typeof setup>;
