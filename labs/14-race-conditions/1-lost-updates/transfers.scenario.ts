// Two threads move money between two accounts, in opposite directions. There is enough for both.
import { i32 } from 'interleave/kit/scenario';
import { transfer } from './lab.ts';

export const threads = 2;

export function setup() {
  const balances = i32(2);
  balances[0] = 60;
  balances[1] = 50;
  // Nobody else gets these.
  const answers = i32(threads);
  return { balances, answers };
}

export function thread(id: number, { balances, answers }: Shared) {
  answers[id] = transfer(balances, id, 1 - id, [60, 50][id]!) === true ? 1 : 0;
}

export function invariant({ balances }: Shared) {
  const [first, second] = [balances[0]!, balances[1]!];
  if (first < 0 || second < 0)
    throw new Error(`The balances are ${first} and ${second}: more was taken than was there.`);
  if (first + second > 110)
    throw new Error(`There were 110 in both accounts, and now there are ${first + second}: money was made of nothing.`);
}

export function final({ balances, answers }: Shared) {
  const [first, second] = [balances[0]!, balances[1]!];
  if (first + second < 110)
    throw new Error(`There were 110 in both accounts, and ${first + second} are left: money was lost.`);
  if (answers[0] !== 1 || answers[1] !== 1)
    throw new Error('There was enough in both accounts all the time, and a transfer was refused.');
  if (first !== 50)
    throw new Error(`60 went one way and 50 the other way, and the balances are ${first} and ${second}.`);
}

type Shared = ReturnType<typeof setup>;
