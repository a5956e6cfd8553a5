// One thread counts a visit, and another one counts four on the same page meanwhile: it may come in between each time.
import { i32 } from 'interleave/kit/scenario';
import { checkPage } from './counted.ts';
import { addVisits } from './lab.ts';

const counts = [[3], [1, 1, 1, 1]];

export const threads = 2;

export function setup() {
  // Nobody else gets begun: how many calls each thread has begun.
  return { visits: i32(1), begun: i32(threads) };
}

export function thread(id: number, { visits, begun }: Shared) {
  for (const [index, count] of counts[id]!.entries()) {
    begun[id] = index + 1;
    addVisits(visits, 0, count);
  }
}

export function invariant({ visits, begun }: Shared) {
  checkPage(visits[0]!, counts, begun);
}

export function final({ visits, begun }: Shared) {
  checkPage(visits[0]!, counts, begun, true);
}

type Shared = ReturnType<typeof setup>;
