// The author's half of a test, beside the learner's code: one thread goes in with bodies that nobody can foresee. What it reports
// is for the suite to judge.
import { GlobalLock } from './lab.ts';

/** What became of two bodies. */
export interface Came {
  readonly returned: unknown;
  /** the message of what was thrown */
  readonly thrown: string | undefined;
}

/** Goes in with a body that returns `answer`, and with one that throws `reason`, where no other thread is. */
export function runAlone(answer: number, reason: string): Came {
  const lock = new GlobalLock(new Int32Array(new SharedArrayBuffer(16)));
  const returned = lock.run((): unknown => answer);
  try {
    lock.run(() => {
      throw new RangeError(reason);
    });
  } catch (error) {
    return { returned, thrown: String((error as Error | undefined)?.message) };
  }
  return { returned, thrown: undefined };
}
