// Two threads go in with run: thread 0 once, with a body that throws, thread 1 twice, with one that returns.
import { i32 } from 'interleave/kit/scenario';
import { GlobalLock } from './lab.ts';

const [nothing, threw, returned] = [0, 1, 2];

export const threads = 2;

export function setup() {
  // Nobody else gets inside and came.
  return { memory: i32(4), inside: i32(1), came: i32(3) };
}

export function thread(id: number, { memory, inside, came }: Shared): void {
  const lock = new GlobalLock(memory);
  for (let turn = id; turn <= 2 * id; turn++) {
    const body = (): number => {
      Atomics.add(inside, 0, 1);
      Atomics.sub(inside, 0, 1);
      if (id === 0) throw new RangeError('no such page');
      return 7;
    };
    let what = nothing;
    try {
      if ((lock.run(body) as unknown) === 7) what = returned;
    } catch (error) {
      if ((error as Error).message === 'no such page') what = threw;
    }
    came[turn] = what;
  }
}

export function invariant({ inside }: Shared): void {
  const count = inside[0]!;
  if (count > 1) throw new Error(`${count} threads hold the lock at the same time.`);
}

export function final({ came }: Shared): void {
  if (came[0] !== threw) throw new Error('The body threw an error, and run did not throw this error.');
  if ([1, 2].some((turn) => came[turn] !== returned)) throw new Error('The body returned 7, and run did not return 7.');
}

type Shared = ReturnType<typeof setup>;
