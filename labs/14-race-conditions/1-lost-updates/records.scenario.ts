// Two players enter the same record. Only one of them has raised the best score.
import { i32 } from 'interleave/kit/scenario';
import { enterScore } from './lab.ts';

export const threads = 2;

export function setup() {
  const best = i32(1);
  best[0] = 5;
  // Nobody else gets these.
  const answers = i32(threads);
  return { best, answers };
}

export function thread(id: number, { best, answers }: Shared) {
  answers[id] = enterScore(best, 20) === true ? 1 : 0;
}

export function final({ best, answers }: Shared) {
  if (best[0] !== 20) throw new Error(`20 was entered twice, and the best score is ${best[0]}.`);
  const told = answers[0]! + answers[1]!;
  if (told === 2)
    throw new Error('20 was entered twice, and both calls returned true: the same record was announced twice.');
  if (told === 0)
    throw new Error('20 was entered twice, and neither call returned true: the record was not announced.');
}

type Shared = ReturnType<typeof setup>;
