// Two threads move money between two accounts, in opposite directions. There is enough for both.
import { i32 } from 'interleave/kit/scenario';
import { transfer } from './lab.ts';

const start = [60, 50];
/** thread 0 moves these from account 0, thread 1 from account 1 */
const amounts = [60, 50];
const [served, refused] = [1, 2];

export const threads = 2;

export function setup() {
  const balances = i32(2);
  balances.set(start);
  // Nobody else gets begun, 1 for a call that has begun, and answers.
  return { balances, begun: i32(threads), answers: i32(threads) };
}

export function thread(id: number, { balances, begun, answers }: Shared) {
  begun[id] = 1;
  answers[id] = transfer(balances, id, 1 - id, amounts[id]!) === true ? served : refused;
}

export function invariant({ balances, begun, answers }: Shared) {
  const [first, second] = [balances[0]!, balances[1]!];
  if (first < 0 || second < 0)
    throw new Error(`The balances are ${first} and ${second}: more was taken than was there.`);
  if (first + second > 110)
    throw new Error(`There were 110 in both accounts, and now there are ${first + second}: money was made of nothing.`);
  for (const [own, balance] of balances.entries()) {
    const other = 1 - own;
    const [out, into] = [amounts[own]!, amounts[other]!];
    const least = start[own]! - out * begun[own]! + (answers[other] === served ? into : 0);
    const most = start[own]! - (answers[own] === served ? out : 0) + into * begun[other]!;
    if (balance < least || balance > most)
      throw new Error(
        `There were ${start[own]} in account ${own}, and there are ${balance} now: that does not fit the transfers that have begun and those that are through.`,
      );
  }
}

export function final({ balances, answers }: Shared) {
  const [first, second] = [balances[0]!, balances[1]!];
  if (first + second < 110)
    throw new Error(`There were 110 in both accounts, and ${first + second} are left: money was lost.`);
  if (answers.includes(refused))
    throw new Error('There was enough in both accounts all the time, and a transfer was refused.');
  if (first !== 50)
    throw new Error(`60 went one way and 50 the other way, and the balances are ${first} and ${second}.`);
}

type Shared = ReturnType<typeof setup>;
