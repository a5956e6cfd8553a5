// Two doors, and two visitors at the one, four at the other: these may come in between each time. Of the four the last three
// come only if door 0 has begun with its last one, so no door can know what the sum will be.
import { i32 } from 'interleave/kit/scenario';
import { checkCounters, checkTotals } from './doors.ts';
import { AtomicCounter } from './lab.ts';

const visitors = [
  [700, 300],
  [701, 301, 201, 101],
].map((door) => door.map((cents) => ({ visitors: 1, cents })));

export const threads = 2;

export function setup() {
  // Nobody else gets begun: with how many visitors each door has begun.
  return { memory: i32(2), begun: i32(threads) };
}

export function thread(id: number, { memory, begun }: Shared): void {
  const counter = new AtomicCounter(memory);
  for (const [index, { cents }] of visitors[id]!.entries()) {
    if (id === 1 && index === 1 && Atomics.load(begun, 0) < 2) return;
    Atomics.store(begun, id, index + 1);
    counter.add(cents);
  }
}

export function invariant({ memory, begun }: Shared): void {
  checkCounters(memory, visitors, begun);
}

export function final({ memory, begun }: Shared): void {
  checkTotals(memory, visitors, begun);
}

type Shared = ReturnType<typeof setup>;
