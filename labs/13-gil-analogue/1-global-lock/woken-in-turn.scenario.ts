// Three threads go in once each. When thread 0 has given the lock back, it looks whether the two others sleep on one word, and
// neither has been inside: then nobody is awake who could wake them.
import { i32 } from 'interleave/kit/scenario';
import { GlobalLock } from './lab.ts';

export const threads = 3;

export function setup() {
  // Nobody else gets wasInside and leftAsleep.
  return { memory: i32(4), wasInside: i32(1), leftAsleep: i32(1) };
}

export function thread(id: number, { memory, wasInside, leftAsleep }: Shared): void {
  const lock = new GlobalLock(memory);
  lock.acquire();
  if (id !== 0) Atomics.store(wasInside, 0, 1);
  lock.release();
  // Of several words the numbers would not do: who is woken on one may fall asleep on the next, and be counted twice.
  if (id !== 0 || ![0, 1, 2, 3].some((word) => Atomics.notify(memory, word) === 2)) return;
  if (Atomics.load(wasInside, 0) === 0) leftAsleep[0] = 1;
}

export function final({ leftAsleep }: Shared): void {
  if (leftAsleep[0] === 1)
    throw new Error(
      'Thread 0 had given the lock back, and both others slept: release had not woken the one that is next.',
    );
}

type Shared = ReturnType<typeof setup>;
