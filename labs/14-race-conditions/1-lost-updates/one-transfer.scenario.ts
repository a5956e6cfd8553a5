// There are 100 in an account, and two threads want to move 60 of them, each to an account of its own. One is refused.
import { i32 } from 'interleave/kit/scenario';
import { transfer } from './lab.ts';

const [served, refused] = [1, 2];

export const threads = 2;

export function setup() {
  const balances = i32(3);
  balances[0] = 100;
  // Nobody else gets these.
  const answers = i32(threads);
  return { balances, answers };
}

export function thread(id: number, { balances, answers }: Shared) {
  answers[id] = transfer(balances, 0, 1 + id, 60) === true ? served : refused;
}

export function invariant({ balances, answers }: Shared) {
  const [from, one, other] = [balances[0]!, balances[1]!, balances[2]!];
  if (from < 0) throw new Error(`The balance is ${from}: more was taken than was there.`);
  const sum = from + one + other;
  if (sum > 100)
    throw new Error(`There were 100 in all accounts, and now there are ${sum}: money was made of nothing.`);
  // The balance only ever falls here, so there was as much at every moment.
  if (answers.includes(refused) && from >= 60)
    throw new Error(`A transfer of 60 was refused, and ${from} are still there.`);
}

export function final({ balances, answers }: Shared) {
  const [from, one, other] = [balances[0]!, balances[1]!, balances[2]!];
  const told = answers.filter((answer) => answer === served).length;
  if (told !== 1) throw new Error(`Two wanted 60 of 100, and ${told} of them got true.`);
  if (from + one + other !== 100)
    throw new Error(`There were 100 in all accounts, and ${from + one + other} are left: money was lost.`);
  if (from !== 40 || one !== (answers[0] === served ? 60 : 0))
    throw new Error(`One moved 60 of 100, and the balances are ${from}, ${one} and ${other}.`);
}

type Shared = ReturnType<typeof setup>;
