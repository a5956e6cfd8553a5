// Thread 0 waits, and its wait is over when thread 1 is in native code, which is through when thread 0 waits.
import { i32 } from 'interleave/kit/scenario';
import { interpret, type Step } from './lab.ts';
import { turnsOf, turnsWords } from './turns.ts';

export const threads = 2;

export function setup() {
  return { turns: i32(turnsWords), outside: i32(1) };
}

export function thread(id: number, { turns, outside }: Shared): void {
  const meet = (): void => {
    Atomics.add(outside, 0, 1);
    Atomics.notify(outside, 0);
    for (let there = 0; (there = Atomics.load(outside, 0)) < threads;) Atomics.wait(outside, 0, there);
  };
  const program: Step[] = [
    { kind: 'compute', run: () => undefined },
    { kind: id === 0 ? 'wait' : 'native', run: meet },
  ];
  interpret(turnsOf(turns), program, 5);
}

type Shared = ReturnType<typeof setup>;
