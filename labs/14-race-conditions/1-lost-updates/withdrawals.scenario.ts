// There are 70 in an account, and three threads want 50, 40 and 30. 40 and 30 fit together, 50 fits alone.
import { i32 } from 'interleave/kit/scenario';
import { withdraw } from './lab.ts';

const amounts = [50, 40, 30];

export const threads = amounts.length;

export function setup() {
  const balances = i32(2);
  balances[1] = 70;
  // Nobody else gets these.
  const taken = i32(amounts.length);
  return { balances, taken };
}

export function thread(id: number, { balances, taken }: Shared) {
  if (withdraw(balances, 1, amounts[id]!) === true) taken[id] = amounts[id]!;
}

export function invariant({ balances }: Shared) {
  if (balances[1]! < 0) throw new Error(`The balance is ${balances[1]}: more was taken than was there.`);
}

export function final({ balances, taken }: Shared) {
  const sum = taken[0]! + taken[1]! + taken[2]!;
  const [other, left] = [balances[0]!, balances[1]!];
  if (other !== 0) throw new Error(`The account before it had nothing, and has ${other} now.`);
  if (left !== 70 - sum)
    throw new Error(`Of 70, ${sum} were handed out, and ${left} are left: the answers do not fit the balance.`);
  for (const [id, amount] of amounts.entries()) {
    // The balance only ever falls here, so there was as much at every moment.
    if (taken[id] === 0 && left >= amount) throw new Error(`${amount} was refused, and ${left} are still there.`);
  }
}

type Shared = ReturnType<typeof setup>;
