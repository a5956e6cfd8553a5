// How long a demo may measure: pure. A learner waits some 10 s at the most, and 2 s when in a hurry.

/** `full` and `quick` measure; `once` only sees whether every variant runs and does its work. */
export type Pace = 'full' | 'quick' | 'once';

/** For each series of rounds. */
const fullCapMs = 5_000;
/** For all of them; what one leaves over goes to the next. */
const quickTotalMs = 2_000;
/** The rounds that are dropped may take this part of a series' time: with long variants that is fewer than wanted. */
const warmUpPart = 0.2;

/** Rounds that are dropped: code is still being compiled, sockets are still being opened. */
const droppedRounds = 5;
/** Memory has no compiler to wait for, only what is loaded once. */
export const droppedAmounts = 1;

/** Fewer than these cannot show how an amount varies, and more only repeat themselves. */
const leastAmounts = 3;
export const mostAmounts = 8;

/**
 * The longest that the next series may take, dropped rounds included, in milliseconds.
 * @param left how many series are still to be measured, this one included
 * @param spentMs what the ones before it took
 */
export function capMs({ pace, left, spentMs }: { pace: Pace; left: number; spentMs: number }): number {
  if (pace === 'full') return fullCapMs;
  return pace === 'quick' ? Math.max(0, quickTotalMs - spentMs) / left : 0;
}

/** The rounds that are measured even if they take longer than they may. */
export function leastRounds({ pace, isTimed }: { pace: Pace; isTimed: boolean }): number {
  return isTimed || pace === 'once' ? 1 : leastAmounts;
}

/** Whether the dropped rounds have taken their part of the time. */
export function isWarm({ dropped, elapsedMs, cap }: { dropped: number; elapsedMs: number; cap: number }): boolean {
  return dropped >= droppedRounds || (dropped > 0 && elapsedMs > cap * warmUpPart);
}

/** Whether another round like the last one would go beyond the cap. */
export function isSpent({ elapsedMs, roundMs, cap }: { elapsedMs: number; roundMs: number; cap: number }): boolean {
  return elapsedMs + roundMs > cap;
}

/** The longest that all series of a demo take together. */
export function expectedMs({ pace, series }: { pace: Pace; series: number }): number {
  return pace === 'full' ? series * fullCapMs : quickTotalMs;
}
