// Two doors, and two visitors at each. Not judged: npx interleave explore shows what PlainCounter does.
import { i32 } from 'interleave/kit/scenario';
import { PlainCounter } from './lab.ts';

export const threads = 2;

export function setup() {
  return { memory: i32(2) };
}

export function thread(id: number, { memory }: Shared): void {
  const counter = new PlainCounter(memory);
  counter.add(700 + id);
  counter.add(300 + id);
}

export function final({ memory }: Shared): void {
  const [visitors, cents] = memory;
  if (visitors !== 4 || cents !== 2002)
    throw new Error(`4 visitors paid 2002 cents, and the counters say ${visitors} visitors and ${cents} cents.`);
}

type Shared = ReturnType<typeof setup>;
