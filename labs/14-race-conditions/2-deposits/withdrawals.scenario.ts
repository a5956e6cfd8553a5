// There are 70 in an account. At the same time 50 are taken out, 10 paid in and 40 taken out. For both there is never
// enough.
import type { Operations } from 'interleave/kit/scenario';
import { deposit, withdraw } from './lab.ts';

export const tasks = 3;

export function setup({ operation }: Operations) {
  const balances = new Map([['ann', 70]]);
  return {
    balances,
    taken: [0, 0, 0],
    store: {
      read: operation((account: string) => balances.get(account) ?? 0),
      write: operation((account: string, balance: number) => {
        balances.set(account, balance);
      }),
    },
  };
}

export async function task(id: number, { taken, store }: Shared) {
  if (id === 1) await deposit(store, 'ann', 10);
  else if ((await withdraw(store, 'ann', id === 0 ? 50 : 40)) === true) taken[id] = id === 0 ? 50 : 40;
}

export function invariant({ balances }: Shared) {
  const balance = balances.get('ann')!;
  if (balance < 0) throw new Error(`The balance is ${balance}: more was taken than was there.`);
}

export function final({ balances, taken }: Shared) {
  const [one, , other] = taken;
  const balance = balances.get('ann')!;
  const handedOut = one! + other!;
  if (handedOut > 80)
    throw new Error(`There were 70, 10 were paid in, and ${handedOut} were handed out: more was taken than was there.`);
  if (handedOut === 0) throw new Error('There were 70 at least, 50 and 40 were asked for, and neither was served.');
  if (balance !== 80 - handedOut)
    throw new Error(
      `There were 70, 10 were paid in and ${handedOut} handed out, and the store has ${balance}: something was lost.`,
    );
}

type Shared = ReturnType<typeof setup>;
