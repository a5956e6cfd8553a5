// There are 100 in an account. While one thread moves 30 of them, another one pays in and takes out, four times at each of the two
// accounts, and then moves 80. One of the two is refused.
import { i32 } from 'interleave/kit/scenario';
import { transfer } from './lab.ts';

const amounts = [30, 80];
const [served, refused] = [1, 2];

export const threads = 2;

export function setup() {
  const balances = i32(2);
  balances[0] = 100;
  // Nobody else gets answers.
  return { balances, answers: i32(threads) };
}

export function thread(id: number, { balances, answers }: Shared) {
  const rounds = id === 1 ? 8 : 0;
  for (let times = 0; times < rounds; times += 1) {
    Atomics.add(balances, times % 2, 10);
    Atomics.sub(balances, times % 2, 10);
  }
  answers[id] = transfer(balances, 0, 1, amounts[id]!) === true ? served : refused;
}

export function invariant({ balances, answers }: Shared) {
  const from = balances[0]!;
  if (from < 0) throw new Error(`The balance is ${from}: more was taken than was there.`);
  for (const [id, amount] of amounts.entries()) {
    // Nobody else takes more than 10 before thread 1 moves 80.
    if (answers[id] === refused && from >= amount)
      throw new Error(
        `There were ${amount} at every moment, ${amount} of them were to be moved, and transfer did not return true.`,
      );
  }
}

export function final({ balances, answers }: Shared) {
  const [from, to] = [balances[0]!, balances[1]!];
  if (from + to < 100) throw new Error(`There were 100 in both accounts, and ${from + to} are left: money was lost.`);
  const moved = amounts.filter((_, id) => answers[id] === served);
  if (moved.length !== 1) throw new Error(`Two wanted to move 30 and 80 of 100, and ${moved.length} of them got true.`);
  if (to !== moved[0])
    throw new Error(`There were 100 in one account, ${moved[0]} were moved, and the balances are ${from} and ${to}.`);
}

type Shared = ReturnType<typeof setup>;
