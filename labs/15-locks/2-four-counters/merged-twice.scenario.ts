// Two doors, and a merge after three visitors, one after one more, and one for which there is nothing left.
import { i32 } from 'interleave/kit/scenario';
import { MergedCounter } from './lab.ts';

export const threads = 2;

export function setup() {
  return { memory: i32(2) };
}

export function thread(id: number, { memory }: Shared): void {
  const counter = new MergedCounter(memory);
  for (let visitor = 0; visitor < 3; visitor++) counter.add(200 + id);
  counter.merge();
  counter.add(400 + id);
  counter.merge();
  counter.merge();
}

export function final({ memory }: Shared): void {
  const [visitors, cents] = memory;
  if (visitors !== 8 || cents !== 2004)
    throw new Error(
      `8 visitors paid 2004 cents, and after three merges at each door the counters say ${visitors} visitors and ${cents} cents.`,
    );
}

type Shared = ReturnType<typeof setup>;
