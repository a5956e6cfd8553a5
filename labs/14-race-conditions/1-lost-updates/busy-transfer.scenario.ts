// While one thread moves money, another one pays in and takes out, four times at each of the two accounts. There is enough at
// every moment.
import { i32 } from 'interleave/kit/scenario';
import { transfer } from './lab.ts';

export const threads = 2;

export function setup() {
  const balances = i32(2);
  balances[0] = 100;
  // Nobody else gets answers.
  return { balances, answers: i32(1) };
}

export function thread(id: number, { balances, answers }: Shared) {
  if (id === 0) answers[0] = transfer(balances, 0, 1, 30) === true ? 1 : 0;
  else
    for (let times = 0; times < 8; times += 1) {
      Atomics.add(balances, times % 2, 10);
      Atomics.sub(balances, times % 2, 10);
    }
}

export function final({ balances, answers }: Shared) {
  const [from, to] = [balances[0]!, balances[1]!];
  if (from + to < 100) throw new Error(`There were 100 in both accounts, and ${from + to} are left: money was lost.`);
  if (answers[0] !== 1)
    throw new Error('There were 100 at least, 30 of them were to be moved, and transfer did not return true.');
  if (from !== 70 || to !== 30)
    throw new Error(`There were 100 in one account, 30 were moved, and the balances are ${from} and ${to}.`);
}

type Shared = ReturnType<typeof setup>;
