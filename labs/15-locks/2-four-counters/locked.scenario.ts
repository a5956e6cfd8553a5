// Two doors, and two visitors at each. The last one at door 1 comes only if door 0 has begun with its last one, so no door can
// know what the sum will be.
import { i32 } from 'interleave/kit/scenario';
import { checkCounters, checkTotals } from './doors.ts';
import { LockedCounter } from './lab.ts';
import { lock, unlock } from './lock.ts';

const visitors = [
  [700, 300],
  [701, 301],
].map((door) => door.map((cents) => ({ visitors: 1, cents })));

export const threads = 2;

export function setup() {
  // Nobody else gets the lock, and begun: with how many visitors each door has begun.
  return { memory: i32(2), word: i32(1), begun: i32(threads) };
}

export function thread(id: number, { memory, word, begun }: Shared): void {
  const counter = new LockedCounter(
    memory,
    () => lock(word),
    () => unlock(word),
  );
  for (const [index, { cents }] of visitors[id]!.entries()) {
    if (id === 1 && index === 1 && Atomics.load(begun, 0) < 2) return;
    Atomics.store(begun, id, index + 1);
    counter.add(cents);
  }
}

export function invariant({ memory, word, begun }: Shared): void {
  // What stands there while somebody has the lock is nobody else's business.
  if (word[0] === 0) checkCounters(memory, visitors, begun);
}

export function final({ memory, begun }: Shared): void {
  checkTotals(memory, visitors, begun);
}

type Shared = ReturnType<typeof setup>;
