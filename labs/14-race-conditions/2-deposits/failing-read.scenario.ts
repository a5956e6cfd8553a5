// Two deposits into one account at the same time. The store fails when it is read for the first time.
import type { Operations } from 'interleave/kit/scenario';
import { deposit } from './lab.ts';

const amounts = [30, 50];

export const tasks = amounts.length;

export function setup({ operation }: Operations) {
  const balances = new Map([['ann', 7]]);
  const state = { reads: 0 };
  return {
    balances,
    ends: ['', ''],
    store: {
      read: operation((account: string) => {
        state.reads += 1;
        if (state.reads === 1) throw new Error('the store is out of order');
        return balances.get(account) ?? 0;
      }),
      write: operation((account: string, balance: number) => {
        balances.set(account, balance);
      }),
    },
  };
}

export async function task(id: number, { ends, store }: Shared) {
  try {
    await deposit(store, 'ann', amounts[id]!);
    ends[id] = 'done';
  } catch (error) {
    ends[id] = error instanceof Error ? error.message : String(error);
  }
}

export function final({ balances, ends }: Shared) {
  const failed = ends.filter((end) => end !== 'done');
  const balance = balances.get('ann')!;
  if (failed.length === 0)
    throw new Error(
      'The store failed once, and both deposits were said to be done: the failure was kept from its caller.',
    );
  if (failed.length === 2)
    throw new Error('The store failed once, and both deposits failed: the one behind had done nothing wrong.');
  if (failed[0] !== 'the store is out of order')
    throw new Error(`A deposit failed with "${failed[0]}", and the store had said "the store is out of order".`);
  const paid = amounts[ends.indexOf('done')]!;
  if (balance !== 7 + paid)
    throw new Error(`There were 7, ${paid} were paid in and the other deposit failed, and the store has ${balance}.`);
}

type Shared = ReturnType<typeof setup>;
