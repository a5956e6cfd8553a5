// A scenario: each thread puts up its flag, then looks at the other one's.
import { i32 } from 'interleave/kit/scenario';

export const threads = 2;

export function setup() {
  return { flags: i32(2), saw: i32(2) };
}

// #region thread
export function thread(id: number, { flags, saw }: Shared) {
  flags[id] = 1;
  saw[id] = flags[1 - id]!;
}

export function final({ saw }: Shared) {
  return saw[0] === 1 || saw[1] === 1;
}
// #endregion

type Shared = ReturnType<typeof setup>;
