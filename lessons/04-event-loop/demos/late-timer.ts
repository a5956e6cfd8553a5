// The same timer of 10 ms in a loop that has nothing else to do, and in one that computes for 200 ms first.
import { demo } from 'interleave/kit/demo';

const timerMs = 10;
const workMs = 200;
/** A timer counts whole milliseconds, so it may be early by less than one. */
const earlyMs = 1;

export default demo({
  title: `A timer of ${timerMs} ms, and what the loop does meanwhile`,
  variants: {
    'a free loop': { run: () => timer(), check: (ms: number) => ms > timerMs - earlyMs },
    'behind 200 ms of work': {
      run: async () => {
        const fired = timer();
        work();
        return await fired;
      },
      check: (ms: number) => ms >= workMs,
    },
  },
  ratios: { late: { of: 'behind 200 ms of work', over: 'a free loop', kind: 'waits' } },
  claims: [
    {
      claim: 'F27',
      says: 'What was waited for goes on immediately: the timer takes as long behind work as in a free loop.',
      ratio: 'late',
      holds: [0.9, 1.1],
    },
  ],
});

/** How long it took, in milliseconds. */
function timer(): Promise<number> {
  const start = performance.now();
  return new Promise((resolve) => setTimeout(() => resolve(performance.now() - start), timerMs));
}

/** Stands for a computation: the loop's thread is busy all the time. */
function work(): void {
  const end = performance.now() + workMs;
  while (performance.now() < end);
}
