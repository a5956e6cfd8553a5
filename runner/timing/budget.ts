// How long a demo may measure: pure. A learner waits some 10 s at the most, and 2 s when in a hurry.
import type { PlannedSeries } from './plan.ts';

/** `full` and `quick` measure; `once` only sees whether every variant runs and does its work. */
export type Pace = 'full' | 'quick' | 'once';

/** For each series of rounds that makes one comparison. */
const fullCapMs = 5_000;
/** For all of them; what one leaves over goes to the next. */
const quickTotalMs = 2_000;
/** A curve has many points, and each wants many rounds. */
const curveMs = { full: 45_000, quick: 8_000 } as const;
/** A series that makes more of them has more variants in each round; but nobody should wait longer than for two. */
const mostComparisons = 2;
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
 * @param series the next one
 */
export function capMs({
  pace,
  left,
  spentMs,
  series,
}: {
  pace: Pace;
  left: number;
  spentMs: number;
  series: PlannedSeries | undefined;
}): number {
  if (pace !== 'once' && series?.isCurve) return curveMs[pace];
  if (pace === 'full') return fullCapMs * comparisonsIn(series);
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

/** For how many comparisons a series may take the time. */
function comparisonsIn(series: PlannedSeries | undefined): number {
  return Math.min(mostComparisons, Math.max(1, series?.ratios.length ?? 1));
}

/** The longest that all series of a demo take together. */
export function expectedMs({ pace, series }: { pace: Pace; series: readonly PlannedSeries[] }): number {
  if (pace !== 'once' && series.some(({ isCurve }) => isCurve)) return curveMs[pace];
  const comparisons = series.reduce((sum, one) => sum + comparisonsIn(one), 0);
  return pace === 'full' ? comparisons * fullCapMs : quickTotalMs;
}
