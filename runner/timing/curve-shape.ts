// The lines of a speed-up plot as functions of the number of parts: what is ideal, what was to be had, what the fit says.
// Pure; how they are drawn is the terminal's or the picture's.
import type { CurveFindings, MeasuredWay } from './curve-findings.ts';
import { speedUpWith } from './serial-share.ts';

export interface Band {
  readonly low: number;
  readonly high: number;
}

/** What the machine offered, between the measured points in a straight line. */
export function offeredAt({ parts, offered }: Pick<CurveFindings, 'parts' | 'offered'>, x: number): number {
  const after = parts.findIndex((part) => part >= x);
  const [to = 1, had = 1] = [parts[after], offered[after]?.median];
  const [from = 1, before = 1] = [parts[after - 1], offered[after - 1]?.median];
  return after <= 0 || to === from ? had : before + ((x - from) / (to - from)) * (had - before);
}

/** What the fitted share makes of what was offered; undefined where it could not be told. */
export function fittedAt(curve: CurveFindings, { serialShare }: MeasuredWay, x: number): Band | undefined {
  const { estimate, untold } = serialShare;
  if (!estimate || untold !== undefined) return undefined;
  const offered = offeredAt(curve, x);
  return { low: speedUpWith(estimate.high, x, offered), high: speedUpWith(estimate.low, x, offered) };
}

/** The top of the plot: a little above all that was measured, for the ideal line would leave no room for it. */
export function topOf({ parts, offered, ways }: CurveFindings): number {
  const highest = Math.max(...[offered, ...ways.map(({ speedUps }) => speedUps)].flat().map(({ high }) => high));
  return Math.min(Math.ceil(highest * 2.2) / 2, (parts.at(-1) ?? 1) + 0.5);
}

/** Whole numbers up to the top, some six at most. */
export function ticksTo(top: number): number[] {
  const step = Math.max(1, Math.ceil(top / 6));
  return Array.from({ length: Math.floor(top / step) + 1 }, (_, index) => index * step);
}
