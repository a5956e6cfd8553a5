// A door with one visitor, a door with two who pay half as much, and an office that reads. Neither the visitors nor the cents
// alone say who is in.
import { i32 } from 'interleave/kit/scenario';
import { LockedCounter } from './lab.ts';
import { lock, unlock } from './lock.ts';

/** for each door */
const prices = [1400, 700];
const most = [1, 2];

export const threads = 3;

export function setup() {
  // Nobody else gets the lock, begun, counted and read.
  return { memory: i32(2), word: i32(1), begun: i32(2), counted: i32(1), read: i32(2) };
}

export function thread(id: number, { memory, word, begun, counted, read }: Shared): void {
  const counter = new LockedCounter(
    memory,
    () => lock(word),
    () => unlock(word),
  );
  if (id < 2) {
    for (let visitor = 1; visitor <= most[id]!; visitor++) {
      begun[id] = visitor;
      counter.add(prices[id]!);
      Atomics.add(counted, 0, 1);
    }
  } else {
    const before = Atomics.load(counted, 0);
    const { visitors, cents } = counter.read();
    if (visitors < before) throw new Error(`${before} visitors had been counted before, and ${got(visitors, cents)}.`);
    read[0] = visitors;
    read[1] = cents;
  }
}

export function invariant({ begun, read }: Shared): void {
  const [visitors, cents] = [read[0]!, read[1]!];
  if (cents === 0) return;
  // So many have paid 1400, and all others 700.
  const dear = cents / 700 - visitors;
  const cheap = visitors - dear;
  if (!Number.isInteger(dear) || dear < 0 || dear > begun[0]! || cheap < 0 || cheap > begun[1]!)
    throw new Error(
      `${came(begun[0]!, 1400)} and ${came(begun[1]!, 700)} have come, and ${got(visitors, cents)}: these do not belong together.`,
    );
}

export function final({ read }: Shared): void {
  const [visitors, cents] = [read[0]!, read[1]!];
  if (cents === 0 && visitors !== 0) throw new Error(`${got(visitors, cents)}: these do not belong together.`);
}

function got(visitors: number, cents: number): string {
  return `read() returned ${visitors} ${visitors === 1 ? 'visitor' : 'visitors'} and ${cents} cents`;
}

function came(visitors: number, price: number): string {
  return `${visitors} ${visitors === 1 ? 'visitor' : 'visitors'} who ${visitors === 1 ? 'pays' : 'pay'} ${price} cents`;
}

type Shared = ReturnType<typeof setup>;
