// Three players enter their scores. Nobody has more than 30.
import { i32 } from 'interleave/kit/scenario';
import { enterScore } from './lab.ts';

const scores = [20, 30, 10];

export const threads = scores.length;

export function setup() {
  const best = i32(1);
  best[0] = 5;
  // Nobody else gets these.
  const answers = i32(scores.length);
  return { best, answers };
}

export function thread(id: number, { best, answers }: Shared) {
  answers[id] = enterScore(best, scores[id]!) === true ? 1 : 0;
}

export function final({ best, answers }: Shared) {
  if (best[0] !== 30)
    throw new Error(`20, 30 and 10 were entered, and the best score is ${best[0]}: the highest one was lost.`);
  if (answers[1] !== 1) throw new Error('30 raised the best score, and enterScore did not return true.');
}

type Shared = ReturnType<typeof setup>;
