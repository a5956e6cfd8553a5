// Two doors count, and nobody merges.
import { i32 } from 'interleave/kit/scenario';
import { MergedCounter } from './lab.ts';

export const threads = 2;

export function setup() {
  return { memory: i32(2) };
}

export function thread(id: number, { memory }: Shared): void {
  const counter = new MergedCounter(memory);
  for (let visitor = 0; visitor < 3; visitor++) counter.add(700 + id);
}

export function invariant({ memory }: Shared): void {
  if (memory.some((word) => word !== 0))
    throw new Error(`Nobody has merged yet, and the memory holds ${memory.join(' and ')}: add() wrote to it.`);
}

type Shared = ReturnType<typeof setup>;
