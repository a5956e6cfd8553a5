// Thread 1 finds the lock taken. Thread 0 gives it back when thread 1 has gone to sleep, which it finds out by waking it. Then
// it looks in the same way whether thread 1 still sleeps, and has not been inside.
import { i32 } from 'interleave/kit/scenario';
import { GlobalLock } from './lab.ts';

export const threads = 2;

export function setup() {
  // Nobody else gets taken, inside, wasInside and leftAsleep.
  return { memory: i32(4), taken: i32(1), inside: i32(1), wasInside: i32(1), leftAsleep: i32(1) };
}

export function thread(id: number, { memory, taken, inside, wasInside, leftAsleep }: Shared): void {
  const lock = new GlobalLock(memory);
  if (id === 1) Atomics.wait(taken, 0, 0);
  lock.acquire();
  Atomics.add(inside, 0, 1);
  if (id === 0) {
    Atomics.store(taken, 0, 1);
    Atomics.notify(taken, 0);
    while (!wakes(memory));
  } else Atomics.store(wasInside, 0, 1);
  Atomics.sub(inside, 0, 1);
  lock.release();
  if (id === 0 && wakes(memory) && Atomics.load(wasInside, 0) === 0) leftAsleep[0] = 1;
}

export function invariant({ inside }: Shared): void {
  if (inside[0]! > 1)
    throw new Error(
      'Thread 1 was woken while thread 0 held the lock, and went in: two threads hold it at the same time.',
    );
}

export function final({ leftAsleep }: Shared): void {
  if (leftAsleep[0] === 1)
    throw new Error('Thread 0 had given the lock back, and thread 1 still slept: release had not woken it.');
}

/** Wakes one that sleeps on some word of the lock. Returns whether there was one. */
function wakes(memory: Int32Array): boolean {
  return [0, 1, 2, 3].some((word) => Atomics.notify(memory, word, 1) > 0);
}

type Shared = ReturnType<typeof setup>;
