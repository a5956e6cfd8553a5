// Time limits run on fair time: wall time less the time in which the subject's main thread was ready to run and
// another process had the core. A loaded machine then gives the same verdict as a quiet one. Where the system does
// not say (no schedstat), fair time is wall time.
import { mainThreadTimes } from './proc.ts';

/** A limit is never stretched to more than this many times itself, whatever else runs on the machine. */
const mostStretch = 10;

export interface FairClock {
  /** fair milliseconds since the clock was started */
  elapsedMs(): number;
}

export function startFairClock(pid: number, now: () => number = performance.now.bind(performance)): FairClock {
  const start = now();
  const queuedBefore = mainThreadTimes(pid)?.queuedMs ?? 0;
  return {
    elapsedMs() {
      const wall = now() - start;
      const queued = (mainThreadTimes(pid)?.queuedMs ?? queuedBefore) - queuedBefore;
      return Math.max(wall - Math.max(queued, 0), wall / mostStretch);
    },
  };
}
