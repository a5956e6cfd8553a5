// Thread 1 sleeps in acquire. Thread 0 gives the lock back and comes again at once, and thread 2 wakes whoever sleeps then: thread
// 1, or thread 0 in a nap that was to give thread 1 time.
import { i32 } from 'interleave/kit/scenario';
import { GlobalLock } from './lab.ts';

export const threads = 3;

export function setup() {
  // Nobody else gets taken, releases, hadIt and overtaken.
  return { memory: i32(4), taken: i32(1), releases: i32(1), hadIt: i32(1), overtaken: i32(1) };
}

export function thread(id: number, { memory, taken, releases, hadIt, overtaken }: Shared): void {
  if (id === 2) {
    Atomics.wait(releases, 0, 0);
    for (const word of [0, 1, 2, 3]) Atomics.notify(memory, word);
    return;
  }
  const lock = new GlobalLock(memory);
  if (id === 0) {
    lock.acquire();
    Atomics.store(taken, 0, 1);
    Atomics.notify(taken, 0);
    while (![0, 1, 2, 3].some((word) => Atomics.notify(memory, word, 1) > 0));
    Atomics.store(releases, 0, 1);
    Atomics.notify(releases, 0);
    lock.release();
    lock.acquire();
    if (Atomics.load(hadIt, 0) === 0) Atomics.store(overtaken, 0, 1);
    lock.release();
  } else {
    Atomics.wait(taken, 0, 0);
    lock.acquire();
    Atomics.store(hadIt, 0, 1);
    lock.release();
  }
}

export function invariant({ overtaken }: Shared): void {
  if (overtaken[0] !== 0)
    throw new Error(
      'Thread 1 was waiting when thread 0 gave the lock back, and thread 0 has it again before thread 1 had it; all that thread 2 did was to wake somebody.',
    );
}

type Shared = ReturnType<typeof setup>;
