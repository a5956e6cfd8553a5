// Three threads, and each goes in once.
import { i32 } from 'interleave/kit/scenario';
import { GlobalLock } from './lab.ts';

export const threads = 3;

export function setup() {
  // Nobody else gets inside.
  return { memory: i32(4), inside: i32(1) };
}

export function thread(_id: number, { memory, inside }: Shared): void {
  const lock = new GlobalLock(memory);
  lock.acquire();
  Atomics.add(inside, 0, 1);
  Atomics.sub(inside, 0, 1);
  lock.release();
}

export function invariant({ inside }: Shared): void {
  const count = inside[0]!;
  if (count > 1) throw new Error(`${count} threads hold the lock at the same time.`);
}

type Shared = ReturnType<typeof setup>;
