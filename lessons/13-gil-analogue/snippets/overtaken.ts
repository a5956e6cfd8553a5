// Thread 0 lets go of the lock and wants it back at once. Thread 1 waits for it.
import { i32 } from 'interleave/kit/scenario';
import { acquire, release } from './global-lock.module.ts';

export const threads = 2;

export function setup() {
  return { word: i32(1), waiting: i32(1), hadIt: i32(1) };
}

// #region thread
export function thread(id: number, { word, waiting, hadIt }: Shared): void {
  if (id === 0) {
    acquire(word);
    while (Atomics.load(waiting, 0) === 0) Atomics.wait(waiting, 0, 0);
    release(word);
    acquire(word);
    const had = Atomics.load(hadIt, 0);
    if (had === 0) throw new Error('here again, and the other was waiting');
    release(word);
  } else {
    Atomics.store(waiting, 0, 1);
    Atomics.notify(waiting, 0);
    acquire(word);
    Atomics.store(hadIt, 0, 1);
    release(word);
  }
}
// #endregion

type Shared = ReturnType<typeof setup>;
