// Three players enter their scores. Nobody has more than 30.
import { i32 } from 'interleave/kit/scenario';
import { checkBoard } from './board.ts';
import { enterScore } from './lab.ts';

const first = 5;
const scores = [20, 30, 10];
const [raised, notRaised] = [1, 2];

export const threads = scores.length;

export function setup() {
  const best = i32(1);
  best[0] = first;
  // Nobody else gets begun, 1 for a call that has begun, and answers.
  return { best, begun: i32(threads), answers: i32(threads) };
}

export function thread(id: number, { best, begun, answers }: Shared) {
  begun[id] = 1;
  answers[id] = enterScore(best, scores[id]!) === true ? raised : notRaised;
}

export function invariant({ best, begun, answers }: Shared) {
  checkBoard(
    best[0]!,
    first,
    scores.map((score, id) => ({ score, isBegun: begun[id] === 1, isThrough: answers[id] !== 0 })),
  );
}

export function final({ best, answers }: Shared) {
  if (best[0] !== 30)
    throw new Error(`20, 30 and 10 were entered, and the best score is ${best[0]}: the highest one was lost.`);
  if (answers[1] !== raised) throw new Error('30 raised the best score, and enterScore did not return true.');
}

type Shared = ReturnType<typeof setup>;
