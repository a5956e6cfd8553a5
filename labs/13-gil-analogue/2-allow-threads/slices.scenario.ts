// Thread 0 computes five times, in slices of two. Thread 1 comes during the first of these steps and wants to compute once.
import { i32 } from 'interleave/kit/scenario';
import { interpret, type Step } from './lab.ts';
import { isWaitedFor, turnsOf, turnsWords } from './turns.ts';

export const threads = 2;

export function setup() {
  return { turns: i32(turnsWords), begun: i32(1), steps: i32(1), cameAfter: i32(1) };
}

export function thread(id: number, { turns, begun, steps, cameAfter }: Shared): void {
  const step = (): void => {
    if (Atomics.add(steps, 0, 1) > 0) return;
    Atomics.store(begun, 0, 1);
    Atomics.notify(begun, 0);
    while (!isWaitedFor(turns));
  };
  const come = (): void => {
    Atomics.store(cameAfter, 0, Atomics.load(steps, 0));
  };
  if (id === 1) Atomics.wait(begun, 0, 0);
  const runs = id === 0 ? [step, step, step, step, step] : [come];
  const program = runs.map((run): Step => ({ kind: 'compute', run }));
  interpret(turnsOf(turns), program, 2);
}

export function final({ cameAfter }: Shared): void {
  const after = cameAfter[0]!;
  if (after !== 2)
    throw new Error(
      `Thread 1 waited for the lock from the first step of thread 0 on, the slices are 2 steps long, and it had its turn after ${after} steps.`,
    );
}

type Shared = ReturnType<typeof setup>;
