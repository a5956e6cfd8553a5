// Two threads count visits of the same page, twice each. Thread 1 comes for the second time only if thread 0 has done so, and so
// no thread can know what the sum will be.
import { i32 } from 'interleave/kit/scenario';
import { checkPage } from './counted.ts';
import { addVisits } from './lab.ts';

const counts = [
  [2, 10],
  [3, 10],
];

export const threads = 2;

export function setup() {
  // Nobody else gets begun: how many calls each thread has begun.
  return { visits: i32(2), begun: i32(threads) };
}

export function thread(id: number, { visits, begun }: Shared) {
  for (const [index, count] of counts[id]!.entries()) {
    if (id === 1 && index === 1 && Atomics.load(begun, 0) < 2) return;
    Atomics.store(begun, id, index + 1);
    addVisits(visits, 1, count);
  }
}

export function invariant({ visits, begun }: Shared) {
  checkPage(visits[1]!, counts, begun);
  if (visits[0] !== 0) throw new Error(`Nobody saw the page before it, and it has ${visits[0]} visits.`);
}

export function final({ visits, begun }: Shared) {
  checkPage(visits[1]!, counts, begun, true);
}

type Shared = ReturnType<typeof setup>;
