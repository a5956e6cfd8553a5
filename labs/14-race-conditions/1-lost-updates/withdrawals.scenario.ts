// There are 70 in an account, and three threads want 50, 40 and 30. 40 and 30 fit together, 50 fits alone.
import { i32 } from 'interleave/kit/scenario';
import { withdraw } from './lab.ts';

const amounts = [50, 40, 30];
const [served, refused] = [1, 2];

export const threads = amounts.length;

export function setup() {
  const balances = i32(2);
  balances[1] = 70;
  // Nobody else gets begun, 1 for a call that has begun, and answers.
  return { balances, begun: i32(threads), answers: i32(threads) };
}

export function thread(id: number, { balances, begun, answers }: Shared) {
  begun[id] = 1;
  answers[id] = withdraw(balances, 1, amounts[id]!) === true ? served : refused;
}

export function invariant({ balances, begun, answers }: Shared) {
  const [other, left] = [balances[0]!, balances[1]!];
  if (other !== 0) throw new Error(`The account before it had nothing, and has ${other} now.`);
  if (left < 0) throw new Error(`The balance is ${left}: more was taken than was there.`);
  const sum = handedOut(answers);
  const underWay = amounts.filter((_, id) => begun[id] === 1 && answers[id] === 0);
  if (left > 70 - sum || left < 70 - sum - total(underWay)) throw new Error(doNotFit(sum, left));
  for (const [id, amount] of amounts.entries()) {
    // The balance only ever falls here, so there was as much at every moment.
    if (answers[id] === refused && left >= amount)
      throw new Error(`${amount} was refused, and ${left} are still there.`);
  }
}

export function final({ balances, answers }: Shared) {
  const [sum, left] = [handedOut(answers), balances[1]!];
  if (left !== 70 - sum) throw new Error(doNotFit(sum, left));
}

function handedOut(answers: Int32Array): number {
  return total(amounts.filter((_, id) => answers[id] === served));
}

function total(wanted: readonly number[]): number {
  return wanted.reduce((sum, amount) => sum + amount, 0);
}

function doNotFit(sum: number, left: number): string {
  return `Of 70, ${sum} were handed out, and ${left} are left: the answers do not fit the balance.`;
}

type Shared = ReturnType<typeof setup>;
