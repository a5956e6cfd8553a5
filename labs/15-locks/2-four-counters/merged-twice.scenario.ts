// Two doors, and a merge after each visitor and one more, for which there is nothing left.
import { i32 } from 'interleave/kit/scenario';
import { MergedCounter } from './lab.ts';

export const threads = 2;

export function setup() {
  return { memory: i32(2) };
}

export function thread(id: number, { memory }: Shared): void {
  const counter = new MergedCounter(memory);
  counter.add(700 + id);
  counter.merge();
  counter.add(300 + id);
  counter.merge();
  counter.merge();
}

export function final({ memory }: Shared): void {
  const [visitors, cents] = memory;
  if (visitors !== 4 || cents !== 2002)
    throw new Error(
      `4 visitors paid 2002 cents, and after three merges the counters say ${visitors} visitors and ${cents} cents.`,
    );
}

type Shared = ReturnType<typeof setup>;
