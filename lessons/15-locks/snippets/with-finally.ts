// The same two threads, and a lock that is left however the printing ends.
import { i32 } from 'interleave/kit/scenario';
import { withLock } from './lock.module.ts';

export const threads = 2;

export function setup() {
  return { word: i32(1), printed: i32(1) };
}

// #region thread
export function thread(id: number, { word, printed }: Shared): void {
  try {
    withLock(word, () => {
      if (id === 0) throw new Error('no paper');
      printed[0]! += 1;
    });
  } catch {
    // Without paper there is nothing to print.
  }
}
// #endregion

export function final({ printed }: Shared): boolean {
  return printed[0] === 1;
}

type Shared = ReturnType<typeof setup>;
