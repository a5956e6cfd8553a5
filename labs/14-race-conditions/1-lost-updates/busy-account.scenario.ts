// While one thread takes from an account, another one pays in and takes out, five times. There is enough at every moment.
import { i32 } from 'interleave/kit/scenario';
import { withdraw } from './lab.ts';

export const threads = 2;

export function setup() {
  const balances = i32(1);
  balances[0] = 100;
  // Nobody else gets answers.
  return { balances, answers: i32(1) };
}

export function thread(id: number, { balances, answers }: Shared) {
  if (id === 0) answers[0] = withdraw(balances, 0, 30) === true ? 1 : 0;
  else
    for (let times = 0; times < 5; times += 1) {
      Atomics.add(balances, 0, 10);
      Atomics.sub(balances, 0, 10);
    }
}

export function final({ balances, answers }: Shared) {
  if (answers[0] !== 1)
    throw new Error('There were 100 at least, 30 of them were wanted, and withdraw did not return true.');
  if (balances[0] !== 70) throw new Error(`There were 100, 30 were taken, and the balance is ${balances[0]}.`);
}

type Shared = ReturnType<typeof setup>;
