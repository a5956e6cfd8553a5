// Thread 1 finds the lock taken. Thread 0 gives it back when thread 1 has gone to sleep, which it finds out by waking it. Then
// it looks in the same way whether thread 1 still sleeps.
import { i32 } from 'interleave/kit/scenario';
import { Mutex } from './lab.ts';

export const threads = 2;

export function setup() {
  // Nobody else gets taken and leftAsleep.
  return { memory: i32(4), taken: i32(1), leftAsleep: i32(1) };
}

export function thread(id: number, { memory, taken, leftAsleep }: Shared): void {
  const mutex = new Mutex(memory);
  if (id === 0) {
    mutex.lock();
    Atomics.store(taken, 0, 1);
    Atomics.notify(taken, 0);
    while (!wakes(memory));
    mutex.unlock();
    if (wakes(memory)) leftAsleep[0] = 1;
  } else {
    Atomics.wait(taken, 0, 0);
    mutex.lock();
    mutex.unlock();
  }
}

export function final({ leftAsleep }: Shared): void {
  if (leftAsleep[0] === 1)
    throw new Error('Thread 0 had given the lock back, and thread 1 still slept: unlock had not woken it.');
}

/** Wakes one that sleeps on some word of the lock. Returns whether there was one. */
function wakes(memory: Int32Array): boolean {
  return [0, 1, 2, 3].some((word) => Atomics.notify(memory, word, 1) > 0);
}

type Shared = ReturnType<typeof setup>;
