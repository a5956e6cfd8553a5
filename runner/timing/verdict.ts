// What a measurement says about a claim: the rules, pure. The words for it are in verdict-words.ts.
import { type Estimate, halfWidth } from './statistics.ts';

export type Verdict = 'holds' | 'within-limits' | 'does-not-hold' | 'too-noisy';

/** From and to, both included. */
export type Range = readonly [low: number, high: number];

/**
 * What is compared, as it decides how much noise is bearable:
 * `work` computes; `waits` waits for something; `magnitude` is so far apart that only the order of magnitude can be
 * told; `speed-up` is work divided among threads, which depends on the cores to be had.
 */
export type RatioKind = 'work' | 'waits' | 'magnitude' | 'speed-up';

/** Why a verdict is what it is. */
export type Reason =
  | 'inside'
  /** a speed-up misses the claim, and yet it is what the machine offers */
  | 'as-offered'
  | 'direction-only'
  | 'outside'
  | 'not-measured'
  | 'few-runs'
  | 'busy-machine'
  | 'wide-interval'
  /** a speed-up fits the claim, but for want of cores */
  | 'cores-missing'
  | 'straddles';

export interface Judged {
  readonly verdict: Verdict;
  readonly reason: Reason;
}

/** Half-widths above these say too little. */
const bearable: Readonly<Record<RatioKind, number>> = { work: 0.1, waits: 0.25, 'speed-up': 0.1, magnitude: 2 };
/** Above this share of the machine taken by others no interval was found reliable. */
const bearableShare = 0.75;
/** Fewer pairs make no interval. */
export const fewestPairs = 10;
/** Fewer amounts show no spread. */
export const fewestAmounts = 3;
/** Nearer to 1 than this is no difference. */
const noticeable = 1.02;

export interface Ratio {
  readonly kind: RatioKind;
  /** undefined: no pair was measured */
  readonly estimate: Estimate | undefined;
  readonly pairs: number;
  /** of the machine, by everybody else, while it was measured; undefined when that is not known */
  readonly othersShare: number | undefined;
  /** of a speed-up: its ratio to the parallelism that the machine offered meanwhile */
  readonly ofOffered?: Estimate | undefined;
}

export interface Bounds {
  readonly holds: Range;
  /** for a speed-up: of the speed-up over what the machine offers */
  readonly limits?: Range | undefined;
}

/** Judges a claim about a ratio of times. */
export function judgeRatio(
  { kind, estimate, pairs, othersShare, ofOffered }: Ratio,
  { holds, limits }: Bounds,
): Judged {
  if (!estimate) return tooNoisy('not-measured');
  if (pairs < fewestPairs) return tooNoisy('few-runs');
  if (isBusy(othersShare)) return tooNoisy('busy-machine');
  if (kind === 'speed-up' && limits && ofOffered) return judgeSpeedUp(estimate, ofOffered, holds, limits);
  if (halfWidth(estimate) > bearable[kind]) return tooNoisy('wide-interval');
  return judgeInterval(estimate, holds, isSameDirection(estimate, holds));
}

/**
 * What else keeps the cores busy moves the speed-up and what the machine offers alike: their ratio stays known when
 * neither is. So no claim is confirmed or refuted by the speed-up alone: with one core to be had everything that is
 * said about two would look wrong, and "threads do not help" right.
 */
function judgeSpeedUp(speedUp: Estimate, ofOffered: Estimate, holds: Range, limits: Range): Judged {
  const isClear = halfWidth(speedUp) <= bearable['speed-up'];
  if (isClear && isInside(speedUp, holds))
    return isOutside(ofOffered, limits) ? tooNoisy('cores-missing') : { verdict: 'holds', reason: 'inside' };
  if (halfWidth(ofOffered) > bearable['speed-up']) return tooNoisy('wide-interval');
  if (isInside(ofOffered, limits)) return { verdict: 'within-limits', reason: 'as-offered' };
  if (isOutside(speedUp, holds))
    return isOutside(ofOffered, limits) ? { verdict: 'does-not-hold', reason: 'outside' } : tooNoisy('straddles');
  const isSure = isClear && isSameDirection(speedUp, holds);
  return isSure ? { verdict: 'within-limits', reason: 'direction-only' } : tooNoisy('straddles');
}

/** Judges a claim about a ratio of amounts (bytes, counts): by its spread alone. */
export function judgeAmountRatio({ estimate, runs }: Runs, holds: Range): Judged {
  if (!estimate) return tooNoisy('not-measured');
  if (runs < fewestAmounts) return tooNoisy('few-runs');
  return judgeInterval(estimate, holds, isSameDirection(estimate, holds));
}

/** Judges a claim about an amount by itself. */
export function judgeAmount({ estimate, runs }: Runs, holds: Range): Judged {
  if (!estimate) return tooNoisy('not-measured');
  return runs < fewestAmounts ? tooNoisy('few-runs') : judgeInterval(estimate, holds, false);
}

/** Judges a claim about the time of one variant by itself: no pair protects it from what else runs on the machine. */
export function judgeTime({ estimate, runs, othersShare }: Runs & Pick<Ratio, 'othersShare'>, holds: Range): Judged {
  if (!estimate) return tooNoisy('not-measured');
  if (runs < fewestPairs) return tooNoisy('few-runs');
  return isBusy(othersShare) ? tooNoisy('busy-machine') : judgeInterval(estimate, holds, false);
}

export interface Runs {
  readonly estimate: Estimate | undefined;
  readonly runs: number;
}

/** Others took so much of the machine that no interval can be relied on. */
export function isBusy(othersShare: number | undefined): boolean {
  return othersShare !== undefined && othersShare > bearableShare;
}

/** @param isDirectionSure what to say when the interval is neither inside nor outside */
function judgeInterval(estimate: Estimate, holds: Range, isDirectionSure: boolean): Judged {
  if (isInside(estimate, holds)) return { verdict: 'holds', reason: 'inside' };
  if (isOutside(estimate, holds)) return { verdict: 'does-not-hold', reason: 'outside' };
  return isDirectionSure ? { verdict: 'within-limits', reason: 'direction-only' } : tooNoisy('straddles');
}

function tooNoisy(reason: Reason): Judged {
  return { verdict: 'too-noisy', reason };
}

function isInside({ low, high }: Estimate, [from, to]: Range): boolean {
  return from <= low && high <= to;
}

function isOutside({ low, high }: Estimate, [from, to]: Range): boolean {
  return high < from || to < low;
}

export type Direction = 'above' | 'below' | 'neither';

/** On which side of 1 a ratio surely is. */
export function directionOf({ low, high }: Pick<Estimate, 'low' | 'high'>): Direction {
  if (low > noticeable) return 'above';
  return high < 1 / noticeable ? 'below' : 'neither';
}

/** A claim that allows both sides of 1 has no direction to be right about. */
function isSameDirection(estimate: Estimate, [from, to]: Range): boolean {
  const claimed = from >= 1 ? 'above' : to <= 1 ? 'below' : 'neither';
  return claimed !== 'neither' && directionOf(estimate) === claimed;
}
