// Two doors with a visitor each, who pay the same, and an office that reads.
import { i32 } from 'interleave/kit/scenario';
import { LockedCounter } from './lab.ts';
import { lock, unlock } from './lock.ts';

const price = 700;

export const threads = 3;

export function setup() {
  // Nobody else gets the lock, counted and read.
  return { memory: i32(2), word: i32(1), counted: i32(1), read: i32(3) };
}

export function thread(id: number, { memory, word, counted, read }: Shared): void {
  const counter = new LockedCounter(
    memory,
    () => lock(word),
    () => unlock(word),
  );
  if (id < 2) {
    counter.add(price);
    Atomics.add(counted, 0, 1);
  } else {
    read[0] = Atomics.load(counted, 0);
    const taken = counter.read();
    read[1] = taken.visitors;
    read[2] = taken.cents;
  }
}

export function final({ read }: Shared): void {
  const [before, visitors, cents] = [read[0]!, read[1]!, read[2]!];
  const got = `read() returned ${visitors} ${visitors === 1 ? 'visitor' : 'visitors'} and ${cents} cents`;
  if (cents !== visitors * price)
    throw new Error(`Each visitor pays ${price} cents, and ${got}: these do not belong together.`);
  if (visitors < before) throw new Error(`${before} visitors had been counted before, and ${got}.`);
  if (visitors > 2) throw new Error(`There are 2 visitors, and ${got}.`);
}

type Shared = ReturnType<typeof setup>;
