// One player enters the best score of all, and another one four that are better each time: they may come in between.
import { i32 } from 'interleave/kit/scenario';
import { enterScore } from './lab.ts';

export const threads = 2;

export function setup() {
  // Nobody else gets answers.
  return { best: i32(1), answers: i32(1) };
}

export function thread(id: number, { best, answers }: Shared) {
  if (id === 0) answers[0] = enterScore(best, 90) === true ? 1 : 0;
  else for (const score of [10, 20, 30, 40]) enterScore(best, score);
}

export function final({ best, answers }: Shared) {
  if (best[0] !== 90)
    throw new Error(`10, 20, 30, 40 and 90 were entered, and the best score is ${best[0]}: the highest one was lost.`);
  if (answers[0] !== 1) throw new Error('90 raised the best score, and enterScore did not return true.');
}

type Shared = ReturnType<typeof setup>;
