// There are 70 in an account. At the same time 50 are taken out, 40 taken out, and 10 paid in, but not by one who comes last. For
// both there is never enough.
import type { Operations } from 'interleave/kit/scenario';
import { Changes } from './changes.ts';
import { deposit, withdraw } from './lab.ts';

const wanted = [50, 0, 40];

export const tasks = 3;

export function setup({ operation }: Operations) {
  const balances = new Map([['ann', 70]]);
  return {
    balances,
    changes: new Changes(70),
    paidIn: [0],
    begun: [0, 0, 0],
    taken: [0, 0, 0],
    store: {
      read: operation((account: string) => balances.get(account) ?? 0),
      write: operation((account: string, balance: number) => {
        balances.set(account, balance);
      }),
    },
  };
}

export async function task(id: number, { changes, paidIn, begun, taken, store }: Shared) {
  if (id === 1) {
    if (begun[0]! > 0 && begun[2]! > 0) return;
    const end = changes.begin(10);
    paidIn[0] = 10;
    await deposit(store, 'ann', 10);
    end(true);
    return;
  }
  const amount = wanted[id]!;
  begun[id] = amount;
  const end = changes.begin(-amount);
  const isServed = (await withdraw(store, 'ann', amount)) === true;
  end(isServed);
  if (isServed) taken[id] = amount;
  else if (begun[2 - id] === 0)
    throw new Error(`There were 70 at every moment, ${amount} were asked for, and withdraw did not resolve with true.`);
}

export function invariant({ balances, changes }: Shared) {
  const balance = balances.get('ann')!;
  if (balance < 0) throw new Error(`The balance is ${balance}: more was taken than was there.`);
  changes.check(balance);
}

export function final({ balances, paidIn, taken }: Shared) {
  const [one, , other] = taken;
  const balance = balances.get('ann')!;
  const handedOut = one! + other!;
  const there = `There were 70, ${paidIn[0]} were paid in`;
  if (handedOut > 80) throw new Error(`${there}, and ${handedOut} were handed out: more was taken than was there.`);
  if (handedOut === 0) throw new Error('There were 70 at least, 50 and 40 were asked for, and neither was served.');
  if (balance !== 70 + paidIn[0]! - handedOut)
    throw new Error(`${there} and ${handedOut} handed out, and the store has ${balance}: something was lost.`);
}

type Shared = ReturnType<typeof setup>;
