// A scenario: each thread puts up its flag, then looks at the other one's, both with Atomics.
import { i32 } from 'interleave/kit/scenario';

export const threads = 2;

export function setup() {
  return { flags: i32(2), saw: i32(2) };
}

// #region thread
export function thread(id: number, { flags, saw }: Shared) {
  Atomics.store(flags, id, 1);
  saw[id] = Atomics.load(flags, 1 - id);
}
// #endregion

export function final({ saw }: Shared) {
  return saw[0] === 1 || saw[1] === 1;
}

type Shared = ReturnType<typeof setup>;
