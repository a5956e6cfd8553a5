// Two withdrawals and a deposit at the same time. The store fails when it is written for the first time.
import type { Operations } from 'interleave/kit/scenario';
import { deposit, withdraw } from './lab.ts';

/** what each call makes of the balance: a deposit more, a withdrawal less */
const changes = [-5, -6, 30];

export const tasks = changes.length;

export function setup({ operation }: Operations) {
  const balances = new Map([['ann', 70]]);
  const state = { writes: 0 };
  return {
    balances,
    ends: ['', '', ''],
    store: {
      read: operation((account: string) => balances.get(account) ?? 0),
      write: operation((account: string, balance: number) => {
        state.writes += 1;
        if (state.writes === 1) throw new Error('the store is out of order');
        balances.set(account, balance);
      }),
    },
  };
}

export async function task(id: number, { ends, store }: Shared) {
  const change = changes[id]!;
  try {
    if (change > 0) await deposit(store, 'ann', change);
    const answer = change > 0 || (await withdraw(store, 'ann', -change));
    ends[id] = answer === true ? 'done' : 'refused';
  } catch (error) {
    ends[id] = error instanceof Error ? error.message : String(error);
  }
}

export function final({ balances, ends }: Shared) {
  if (ends.includes('refused'))
    throw new Error(
      'There was enough, and withdraw did not resolve with true. Where the store fails, it rejects: the failure was kept from its caller.',
    );
  const failed = ends.filter((end) => end !== 'done');
  if (failed.length === 0)
    throw new Error(
      'The store failed once, and all three calls were said to be done: the failure was kept from its caller.',
    );
  if (failed.length > 1)
    throw new Error(
      `The store failed once, and ${failed.length} of three calls failed: those behind had done nothing wrong.`,
    );
  if (failed[0] !== 'the store is out of order')
    throw new Error(`A call failed with "${failed[0]}", and the store had said "the store is out of order".`);
  const expected = changes.reduce((sum, change, id) => (ends[id] === 'done' ? sum + change : sum), 70);
  const balance = balances.get('ann')!;
  if (balance !== expected) {
    const done = changes
      .filter((_, id) => ends[id] === 'done')
      .map((change) => (change > 0 ? `+${change}` : `${change}`));
    throw new Error(
      `There were 70, ${done.join(' and ')} were done and the other call failed, and the store has ${balance}.`,
    );
  }
}

type Shared = ReturnType<typeof setup>;
