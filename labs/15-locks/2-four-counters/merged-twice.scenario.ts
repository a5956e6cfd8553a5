// Two doors, and a merge after three visitors, one after one more, and one for which there is nothing left.
import { i32 } from 'interleave/kit/scenario';
import { checkCounters, checkTotals } from './doors.ts';
import { MergedCounter } from './lab.ts';

const merges = [0, 1].map((id) => [
  { visitors: 3, cents: 3 * (200 + id) },
  { visitors: 1, cents: 400 + id },
  { visitors: 0, cents: 0 },
]);

export const threads = 2;

export function setup() {
  // Nobody else gets begun: how many merges each door has begun.
  return { memory: i32(2), begun: i32(threads) };
}

export function thread(id: number, { memory, begun }: Shared): void {
  const counter = new MergedCounter(memory);
  for (const [index, { visitors, cents }] of merges[id]!.entries()) {
    for (let visitor = 0; visitor < visitors; visitor++) counter.add(cents / visitors);
    begun[id] = index + 1;
    counter.merge();
  }
}

export function invariant({ memory, begun }: Shared): void {
  checkCounters(memory, merges, begun);
}

export function final({ memory, begun }: Shared): void {
  checkTotals(memory, merges, begun);
}

type Shared = ReturnType<typeof setup>;
