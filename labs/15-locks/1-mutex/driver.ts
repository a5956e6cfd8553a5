// The author's half of a test, beside the learner's code: calls in one turn of the loop, and bodies that are no async
// functions, can only be made here.
import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises';
import { AsyncMutex, Mutex } from './lab.ts';

/** How it went, and with what. */
export interface Went {
  readonly status: 'fulfilled' | 'rejected' | 'pending';
  readonly value?: unknown;
}

/** What became of two bodies; of what was thrown the message. */
export interface Came {
  readonly returned: unknown;
  readonly thrown: string | undefined;
}

/** Goes into a Mutex with a body that returns `answer`, and with one that throws `reason`, where no other thread is. */
export function goInAlone(answer: number, reason: string): Came {
  const mutex = new Mutex(new Int32Array(new SharedArrayBuffer(16)));
  const returned = mutex.runExclusive((): unknown => answer);
  try {
    mutex.runExclusive(() => {
      throw new RangeError(reason);
    });
  } catch (error) {
    return { returned, thrown: String((error as Error | undefined)?.message) };
  }
  return { returned, thrown: undefined };
}

/** Gives all bodies to one mutex in the same turn. */
export async function runTogether(bodies: readonly (() => Promise<number>)[]): Promise<unknown[]> {
  const mutex = new AsyncMutex();
  return await Promise.all(bodies.map((body) => mutex.runExclusive(body)));
}

/**
 * A body has the lock, the first of these two waits, and the second comes when the lock is given back: so many microtasks
 * after the body has been let go.
 */
export async function runAtRelease(
  bodies: readonly [() => Promise<void>, () => Promise<void>],
  microtasks: number,
): Promise<void> {
  const mutex = new AsyncMutex();
  const { promise: isOver, resolve: end } = Promise.withResolvers<void>();
  const all = [mutex.runExclusive(() => isOver), mutex.runExclusive(bodies[0])];
  await turn();
  end();
  for (let passed = 0; passed < microtasks; passed++) await Promise.resolve();
  all.push(mutex.runExclusive(bodies[1]));
  await Promise.all(all);
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
  // A second in all: far longer than it takes to go in behind a body that is through.
  for (let looks = 0; looks < 100 && went.some(({ status }) => status === 'pending'); looks++) await sleep(10);
  return went;
}
