// One player enters the best score of all, and another one four that are better each time: they may come in between.
import { i32 } from 'interleave/kit/scenario';
import { checkBoard } from './board.ts';
import { enterScore } from './lab.ts';

const scores = [[90], [10, 20, 30, 40]];

export const threads = 2;

export function setup() {
  // Nobody else gets begun, how many calls each player has begun, and answers.
  return { best: i32(1), begun: i32(threads), answers: i32(1) };
}

export function thread(id: number, { best, begun, answers }: Shared) {
  for (const [index, score] of scores[id]!.entries()) {
    begun[id] = index + 1;
    const isRaised = enterScore(best, score) === true;
    if (id === 0) answers[0] = isRaised ? 1 : 0;
  }
}

export function invariant({ best, begun, answers }: Shared) {
  const entries = scores.flatMap((player, id) =>
    player.map((score, index) => ({
      score,
      isBegun: index < begun[id]!,
      isThrough: index < begun[id]! - 1 || (id === 0 && answers[0] === 1),
    })),
  );
  checkBoard(best[0]!, 0, entries);
}

export function final({ best, answers }: Shared) {
  if (best[0] !== 90)
    throw new Error(`10, 20, 30, 40 and 90 were entered, and the best score is ${best[0]}: the highest one was lost.`);
  if (answers[0] !== 1) throw new Error('90 raised the best score, and enterScore did not return true.');
}

type Shared = ReturnType<typeof setup>;
