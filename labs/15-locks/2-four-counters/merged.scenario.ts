// Two doors: door 0 merges when two visitors are in, door 1 after each of its two. The last one at door 1 comes only if door 0
// has begun to merge, so no door can know what the sum will be.
import { i32 } from 'interleave/kit/scenario';
import { checkCounters, checkTotals } from './doors.ts';
import { MergedCounter } from './lab.ts';

const paid = [[[700, 300]], [[701], [301]]];
const merges = [
  [{ visitors: 2, cents: 1000 }],
  [
    { visitors: 1, cents: 701 },
    { visitors: 1, cents: 301 },
  ],
];

export const threads = 2;

export function setup() {
  // Nobody else gets begun: how many merges each door has begun.
  return { memory: i32(2), begun: i32(threads) };
}

export function thread(id: number, { memory, begun }: Shared): void {
  const counter = new MergedCounter(memory);
  for (const [index, visitors] of paid[id]!.entries()) {
    if (index === 1 && Atomics.load(begun, 0) === 0) return;
    for (const cents of visitors) counter.add(cents);
    Atomics.store(begun, id, index + 1);
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
