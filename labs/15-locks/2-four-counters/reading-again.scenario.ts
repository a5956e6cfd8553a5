// A door with two visitors, and an office that reads twice.
import { i32 } from 'interleave/kit/scenario';
import { LockedCounter } from './lab.ts';
import { lock, unlock } from './lock.ts';

const price = 700;

export const threads = 2;

export function setup() {
  // Nobody else gets the lock, counted, before and read.
  return { memory: i32(2), word: i32(1), counted: i32(1), before: i32(1), read: i32(2) };
}

export function thread(id: number, { memory, word, counted, before, read }: Shared): void {
  const counter = new LockedCounter(
    memory,
    () => lock(word),
    () => unlock(word),
  );
  if (id === 0) {
    for (let visitor = 0; visitor < 2; visitor++) {
      counter.add(price);
      Atomics.add(counted, 0, 1);
    }
  } else {
    counter.read();
    before[0] = Atomics.load(counted, 0);
    const { visitors, cents } = counter.read();
    read[0] = visitors;
    read[1] = cents;
  }
}

export function final({ before, read }: Shared): void {
  const [visitors, cents] = [read[0]!, read[1]!];
  const got = `the second read() returned ${visitors} ${visitors === 1 ? 'visitor' : 'visitors'} and ${cents} cents`;
  if (visitors < before[0]!)
    throw new Error(`${before[0]} visitors had been counted before the second read(), and ${got}.`);
  if (visitors > 2) throw new Error(`There are 2 visitors, and ${got}.`);
  if (cents !== visitors * price)
    throw new Error(`Each visitor pays ${price} cents, and ${got}: these do not belong together.`);
}

type Shared = ReturnType<typeof setup>;
