// Thread 1 finds the lock taken. Thread 0 gives it back when thread 1 has gone to sleep, which it finds out by waking it.
import { i32 } from 'interleave/kit/scenario';
import { GlobalLock } from './lab.ts';

export const threads = 2;

export function setup() {
  // Nobody else gets taken.
  return { memory: i32(4), taken: i32(1) };
}

export function thread(id: number, { memory, taken }: Shared): void {
  const lock = new GlobalLock(memory);
  if (id === 0) {
    lock.acquire();
    Atomics.store(taken, 0, 1);
    Atomics.notify(taken, 0);
    while (![0, 1, 2, 3].some((word) => Atomics.notify(memory, word, 1) > 0));
    lock.release();
  } else {
    Atomics.wait(taken, 0, 0);
    lock.acquire();
    lock.release();
  }
}

type Shared = ReturnType<typeof setup>;
