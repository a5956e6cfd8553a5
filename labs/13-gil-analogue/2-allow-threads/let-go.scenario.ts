// Thread 0 lets go three times: its first body returns when thread 1 has had the lock, its second one throws, and the third throws
// what does not look like it.
import { i32 } from 'interleave/kit/scenario';
import { allowThreads } from './lab.ts';
import { turnsOf, turnsWords } from './turns.ts';

const [nothing, threw, returned] = [0, 1, 2];

export const threads = 2;

export function setup() {
  return { turns: i32(turnsWords), hadIt: i32(1), came: i32(3), wrong: i32(2) };
}

export function thread(id: number, { turns, hadIt, came, wrong }: Shared): void {
  const lock = turnsOf(turns);
  if (id === 1) {
    lock.acquire();
    Atomics.store(hadIt, 0, 1);
    Atomics.notify(hadIt, 0);
    lock.release();
    return;
  }
  lock.acquire();
  const bodies = [
    (): number => {
      Atomics.wait(hadIt, 0, 0);
      return 7;
    },
    (): number => {
      throw new RangeError('the line is dead');
    },
    (): number => {
      throw 0;
    },
  ];
  for (const [index, body] of bodies.entries()) {
    let what = nothing;
    try {
      const looked = (): number => {
        if (lock.isHeld()) wrong[0] = 1;
        return body();
      };
      if ((allowThreads(lock, looked) as unknown) === 7) what = returned;
    } catch (error) {
      if (error === 0 || (error as Error).message === 'the line is dead') what = threw;
    }
    came[index] = what;
    if (!lock.isHeld()) {
      wrong[1] = index + 1;
      return;
    }
  }
  lock.release();
}

export function invariant({ wrong }: Shared): void {
  if (wrong[0] !== 0) throw new Error('The body was called, and the thread still held the lock.');
  if (wrong[1] !== 0)
    throw new Error(
      `The body ${wrong[1] === 1 ? 'returned' : 'threw'}, allowThreads came to its end, and the thread did not hold the lock.`,
    );
}

export function final({ came }: Shared): void {
  if (came[0] !== returned) throw new Error('The body returned 7, and allowThreads did not return 7.');
  if (came[1] !== threw) throw new Error('The body threw an error, and allowThreads did not throw this error.');
  if (came[2] !== threw) throw new Error('The body threw 0, and allowThreads did not throw it.');
}

type Shared = ReturnType<typeof setup>;
