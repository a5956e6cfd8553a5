// Two threads run a program that computes, waits and computes.
import { i32 } from 'interleave/kit/scenario';
import { interpret, type Step } from './lab.ts';
import { turnsOf, turnsWords } from './turns.ts';

export const threads = 2;

export function setup() {
  return { turns: i32(turnsWords), inside: i32(1), computed: i32(threads) };
}

export function thread(id: number, { turns, inside, computed }: Shared): void {
  const compute = {
    kind: 'compute',
    run: () => {
      Atomics.add(inside, 0, 1);
      Atomics.sub(inside, 0, 1);
      computed[id]! += 1;
    },
  } as const;
  const program: Step[] = [compute, { kind: 'wait', run: () => undefined }, compute];
  interpret(turnsOf(turns), program, 2);
}

export function invariant({ inside }: Shared): void {
  const count = inside[0]!;
  if (count > 1) throw new Error(`${count} threads compute at the same time.`);
}

export function final({ computed }: Shared): void {
  for (const [id, count] of computed.entries())
    if (count !== 2) throw new Error(`Thread ${id} ran ${count} of its 2 computing steps.`);
}

type Shared = ReturnType<typeof setup>;
