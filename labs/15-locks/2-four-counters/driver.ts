// The author's half of the suite, beside the learner's code: one door, with nobody at the others. What it reports is for
// the suite to judge.
import { AtomicCounter, LockedCounter, MergedCounter } from './lab.ts';

export interface Alone {
  /** words 0 and 1 of each counter's memory; what read() returned */
  readonly said: Record<string, readonly unknown[]>;
  /** how often the lock of LockedCounter was taken and given back, and whether it was ever taken twice in a row */
  readonly taken: number;
  readonly givenBack: number;
  readonly isTakenTwice: boolean;
}

/** Counts these visitors, by what they paid, with all three counters; reads after each. */
export function countAlone(paid: readonly number[]): Alone {
  const [atomic, locked, merged] = [words(2), words(2), words(2)];
  let [taken, givenBack, isTakenTwice] = [0, 0, false];
  const lock = (): void => {
    isTakenTwice ||= taken > givenBack;
    taken++;
  };
  const unlock = (): void => {
    givenBack++;
  };
  const counters = [
    new AtomicCounter(atomic),
    new LockedCounter(locked, lock, unlock),
    new MergedCounter(merged),
  ] as const;
  let read: unknown;
  for (const cents of paid) {
    for (const counter of counters) counter.add(cents);
    read = counters[1].read();
  }
  counters[2].merge();
  const { visitors, cents } = (read ?? {}) as Record<string, unknown>;
  const said = {
    AtomicCounter: [...atomic],
    LockedCounter: [...locked],
    'read of LockedCounter': [visitors, cents],
    MergedCounter: [...merged],
  };
  return { said, taken, givenBack, isTakenTwice };
}

/** What is in a MergedCounter's memory when so many visitors were counted and none was merged. */
export function countUnmerged(visitors: number): number[] {
  const memory = words(2);
  const counter = new MergedCounter(memory);
  for (let visitor = 0; visitor < visitors; visitor++) counter.add(1);
  return [...memory];
}

/** What is timed after a pass: a door with two million visitors. */
export function twoMillion(seed: number): number[] {
  const memory = words(2);
  const counter = new MergedCounter(memory);
  const first = (seed % 900) + 100;
  for (let visitor = 0; visitor < 2_000_000; visitor++) counter.add(first + (visitor & 7));
  counter.merge();
  return [...memory];
}

function words(count: number): Int32Array {
  return new Int32Array(new SharedArrayBuffer(4 * count));
}
