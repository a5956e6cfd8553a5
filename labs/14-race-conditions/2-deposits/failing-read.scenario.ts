// Two deposits and a withdrawal at the same time. The store fails when it is read for the first time. The second
// call comes only if it is not the last: nobody can know how many there will be.
import type { Operations } from 'interleave/kit/scenario';
import { deposit, withdraw } from './lab.ts';

/** what each call makes of the balance: a deposit more, a withdrawal less */
const wanted = [30, 50, -5];

export const tasks = wanted.length;

export function setup({ operation }: Operations) {
  const balances = new Map([['ann', 70]]);
  const state = { reads: 0 };
  return {
    balances,
    /** of the calls that have come */
    ends: new Map<number, string>(),
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
  if (id === 1 && ends.size === 2) return;
  const change = wanted[id]!;
  ends.set(id, '');
  try {
    if (change > 0) await deposit(store, 'ann', change);
    const answer = change > 0 || (await withdraw(store, 'ann', -change));
    ends.set(id, answer === true ? 'done' : 'refused');
  } catch (error) {
    ends.set(id, error instanceof Error ? error.message : String(error));
  }
}

export function final({ balances, ends }: Shared) {
  const all = [...ends.values()];
  if (all.includes('refused'))
    throw new Error(
      'There was enough, and withdraw did not resolve with true. Where the store fails, it rejects: the failure was kept from its caller.',
    );
  const failed = all.filter((end) => end !== 'done');
  if (failed.length === 0)
    throw new Error(
      `The store failed once, and all ${all.length} calls were said to be done: the failure was kept from its caller.`,
    );
  if (failed.length > 1)
    throw new Error(
      `The store failed once, and ${failed.length} of ${all.length} calls failed: those behind had done nothing wrong.`,
    );
  if (failed[0] !== 'the store is out of order')
    throw new Error(`A call failed with "${failed[0]}", and the store had said "the store is out of order".`);
  const expected = wanted.reduce((sum, change, id) => (ends.get(id) === 'done' ? sum + change : sum), 70);
  const balance = balances.get('ann')!;
  if (balance !== expected) {
    const done = wanted
      .filter((_, id) => ends.get(id) === 'done')
      .map((change) => (change > 0 ? `+${change}` : `${change}`));
    throw new Error(
      `There were 70, ${done.join(' and ')} was done and another call failed, and the store has ${balance}.`,
    );
  }
}

type Shared = ReturnType<typeof setup>;
