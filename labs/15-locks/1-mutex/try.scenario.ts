// Thread 0 stays inside until thread 1 has tried. Thread 1 tries only once thread 0 is inside.
import { i32 } from 'interleave/kit/scenario';
import { Mutex } from './lab.ts';

const [isInside, hasTried] = [1, 2];

export const threads = 2;

export function setup() {
  // Nobody else gets stage and seen.
  return { memory: i32(4), stage: i32(1), seen: i32(3) };
}

export function thread(id: number, { memory, stage, seen }: Shared): void {
  const mutex = new Mutex(memory);
  if (id === 0) {
    seen[0] = said(mutex.tryLock());
    Atomics.store(stage, 0, isInside);
    Atomics.notify(stage, 0);
    while (Atomics.load(stage, 0) !== hasTried) Atomics.wait(stage, 0, isInside);
    mutex.unlock();
    seen[2] = said(mutex.tryLock());
  } else {
    while (Atomics.load(stage, 0) !== isInside) Atomics.wait(stage, 0, 0);
    seen[1] = said(mutex.tryLock());
    Atomics.store(stage, 0, hasTried);
    Atomics.notify(stage, 0);
  }
}

export function final({ seen }: Shared): void {
  const [first, whileTaken, again] = [seen[0]!, seen[1]!, seen[2]!].map((word) => words[word]);
  if (first !== 'true') throw new Error(`Nobody had the lock, and tryLock returned ${first}.`);
  if (whileTaken !== 'false') throw new Error(`Thread 0 had the lock, and tryLock of thread 1 returned ${whileTaken}.`);
  if (again !== 'true') throw new Error(`The lock had been given back, and tryLock returned ${again}.`);
}

const words = ['nothing', 'false', 'true', 'something else'];

function said(answer: unknown): number {
  if (answer === undefined) return 0;
  return typeof answer === 'boolean' ? Number(answer) + 1 : 3;
}

type Shared = ReturnType<typeof setup>;
