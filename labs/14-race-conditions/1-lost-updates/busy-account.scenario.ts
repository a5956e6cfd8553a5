// There are 100 in an account. While one thread wants 30 of them, another one pays in and takes out, five times, and then wants 80.
// One of the two is refused.
import { i32 } from 'interleave/kit/scenario';
import { withdraw } from './lab.ts';

const amounts = [30, 80];
const [served, refused] = [1, 2];

export const threads = 2;

export function setup() {
  const balances = i32(1);
  balances[0] = 100;
  // Nobody else gets answers.
  return { balances, answers: i32(threads) };
}

export function thread(id: number, { balances, answers }: Shared) {
  const rounds = id === 1 ? 5 : 0;
  for (let times = 0; times < rounds; times += 1) {
    Atomics.add(balances, 0, 10);
    Atomics.sub(balances, 0, 10);
  }
  answers[id] = withdraw(balances, 0, amounts[id]!) === true ? served : refused;
}

export function invariant({ balances, answers }: Shared) {
  const balance = balances[0]!;
  if (balance < 0) throw new Error(`The balance is ${balance}: more was taken than was there.`);
  for (const [id, amount] of amounts.entries()) {
    // Nobody else takes more than 10 before thread 1 wants 80.
    if (answers[id] === refused && balance >= amount)
      throw new Error(
        `There were ${amount} at every moment, ${amount} of them were wanted, and withdraw did not return true.`,
      );
  }
}

export function final({ balances, answers }: Shared) {
  const taken = amounts.filter((_, id) => answers[id] === served);
  if (taken.length !== 1) throw new Error(`Two wanted 30 and 80 of 100, and ${taken.length} of them got true.`);
  if (balances[0] !== 100 - taken[0]!)
    throw new Error(`There were 100, ${taken[0]} were taken, and the balance is ${balances[0]}.`);
}

type Shared = ReturnType<typeof setup>;
