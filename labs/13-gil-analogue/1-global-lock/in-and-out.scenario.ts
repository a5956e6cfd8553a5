// Two threads: thread 0 goes in twice, thread 1 once, unless it finds somebody inside: nobody can count on others to come.
import { i32 } from 'interleave/kit/scenario';
import { GlobalLock } from './lab.ts';

export const threads = 2;

export function setup() {
  // Nobody else gets inside.
  return { memory: i32(4), inside: i32(1) };
}

export function thread(id: number, { memory, inside }: Shared): void {
  if (id === 1 && Atomics.load(inside, 0) > 0) return;
  const lock = new GlobalLock(memory);
  for (let turns = id === 0 ? 2 : 1; turns > 0; turns--) {
    lock.acquire();
    Atomics.add(inside, 0, 1);
    Atomics.sub(inside, 0, 1);
    lock.release();
  }
}

export function invariant({ inside }: Shared): void {
  const count = inside[0]!;
  if (count > 1) throw new Error(`${count} threads hold the lock at the same time.`);
}

type Shared = ReturnType<typeof setup>;
