// Two permits for three threads: a semaphore.
import { i32 } from 'interleave/kit/scenario';

// #region acquire
function acquire(permits: Int32Array): void {
  for (;;) {
    const left = Atomics.load(permits, 0);
    if (left === 0) {
      Atomics.wait(permits, 0, 0);
    } else {
      const seen = Atomics.compareExchange(permits, 0, left, left - 1);
      if (seen === left) return;
    }
  }
}

function release(permits: Int32Array): void {
  Atomics.add(permits, 0, 1);
  Atomics.notify(permits, 0, 1);
}
// #endregion

export const threads = 3;

export function setup() {
  const permits = i32(1);
  permits[0] = 2;
  return { permits, inside: i32(1) };
}

export function thread(_id: number, { permits, inside }: Shared): void {
  acquire(permits);
  Atomics.add(inside, 0, 1);
  Atomics.sub(inside, 0, 1);
  release(permits);
}

export function invariant({ inside }: Shared): void {
  const count = Atomics.load(inside, 0);
  if (count > 2) throw new Error(`${count} threads are inside`);
}

type Shared = ReturnType<typeof setup>;
