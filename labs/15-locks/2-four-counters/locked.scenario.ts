// Two doors, and two visitors at each.
import { i32 } from 'interleave/kit/scenario';
import { LockedCounter } from './lab.ts';
import { lock, unlock } from './lock.ts';

export const threads = 2;

export function setup() {
  // The lock is nobody else's to touch.
  return { memory: i32(2), word: i32(1) };
}

export function thread(id: number, { memory, word }: Shared): void {
  const counter = new LockedCounter(
    memory,
    () => lock(word),
    () => unlock(word),
  );
  counter.add(700 + id);
  counter.add(300 + id);
}

export function final({ memory }: Shared): void {
  const [visitors, cents] = memory;
  if (visitors !== 4 || cents !== 2002)
    throw new Error(`4 visitors paid 2002 cents, and the counters say ${visitors} visitors and ${cents} cents.`);
}

type Shared = ReturnType<typeof setup>;
