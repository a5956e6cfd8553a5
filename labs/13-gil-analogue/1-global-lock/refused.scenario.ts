// Thread 0 gives the lock back once more than it took it, thread 1 before it took it. Then both go in.
import { i32 } from 'interleave/kit/scenario';
import { GlobalLock } from './lab.ts';

export const threads = 2;

export function setup() {
  // Nobody else gets inside and unrefused.
  return { memory: i32(4), inside: i32(1), unrefused: i32(2) };
}

export function thread(id: number, { memory, inside, unrefused }: Shared): void {
  const lock = new GlobalLock(memory);
  if (id === 0) {
    lock.acquire();
    lock.release();
  }
  let thrown: unknown;
  try {
    lock.release();
  } catch (error) {
    thrown = error;
  }
  if (!(thrown instanceof Error)) unrefused[id] = 1;
  lock.acquire();
  Atomics.add(inside, 0, 1);
  Atomics.sub(inside, 0, 1);
  lock.release();
}

export function invariant({ inside, unrefused }: Shared): void {
  if (unrefused[1] !== 0)
    throw new Error('Thread 1 called release() and had never taken the lock: no Error was thrown.');
  if (unrefused[0] !== 0)
    throw new Error('Thread 0 called release() twice after one acquire(): the second time no Error was thrown.');
  const count = inside[0]!;
  if (count > 1) throw new Error(`${count} threads hold the lock at the same time.`);
}

type Shared = ReturnType<typeof setup>;
