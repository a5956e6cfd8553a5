// The author's half of a test, beside the learner's code: calls in one turn of the loop, and bodies that are no async
// functions, can only be made here.
import { setImmediate as turn } from 'node:timers/promises';
import { AsyncMutex } from './lab.ts';

/** How it went, and with what. */
export interface Went {
  readonly status: 'fulfilled' | 'rejected' | 'pending';
  readonly value?: unknown;
}

/** Gives all bodies to one mutex in the same turn. */
export async function runTogether(bodies: readonly (() => Promise<number>)[]): Promise<unknown[]> {
  const mutex = new AsyncMutex();
  return await Promise.all(bodies.map((body) => mutex.runExclusive(body)));
}

/** One body throws before it has made a promise, the next one returns a number and no promise. */
export async function withoutPromises(reason: string, answer: number): Promise<Went[]> {
  const mutex = new AsyncMutex();
  const went: Went[] = [{ status: 'pending' }, { status: 'pending' }];
  const note = (index: number, promise: Promise<unknown>): void => {
    promise.then(
      (value) => (went[index] = { status: 'fulfilled', value }),
      (error: Error) => (went[index] = { status: 'rejected', value: error?.message }),
    );
  };
  const throwing = (): number => {
    throw new RangeError(reason);
  };
  note(0, mutex.runExclusive(throwing));
  note(
    1,
    mutex.runExclusive(() => answer),
  );
  // Whatever waits for nothing but promises is through after a few turns.
  for (let turns = 0; turns < 20; turns++) await turn();
  return went;
}
