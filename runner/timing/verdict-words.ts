// A verdict's reasons and what was measured, in words. Pure.
import type { MeasuredRatio, MeasuredVariant } from './analysis.ts';
import { msUnit } from './plan.ts';
import { boundsWords, digits, quantity, quantityRange, roughly } from './quantity.ts';
import type { Estimate } from './statistics.ts';
import { directionOf, fewestAmounts, fewestPairs, type Range, type Reason } from './verdict.ts';

/** With a wider interval around 1 nobody can say that two are alike. */
const alike = 0.1;

export interface Circumstances {
  readonly holds: Range;
  readonly ratio: MeasuredRatio | undefined;
  readonly variant: MeasuredVariant | undefined;
  readonly othersShare: number | undefined;
}

/** `1.93 (1.91 to 1.95)`; a part of a sentence. */
export function measuredWords(ratio: MeasuredRatio | undefined, variant: MeasuredVariant | undefined): string {
  if (ratio?.offered) return `${ratioWords(ratio)}; the machine offered ${offeredWords(ratio.offered)}`;
  if (ratio) return ratioWords(ratio);
  return variant ? `${quantity(variant.median, variant.unit)} (${quantityRange(variant, variant.unit)})` : 'nothing';
}

/** `1.93 (1.91 to 1.95)`; of magnitudes `about 20,000`. */
export function ratioWords(ratio: MeasuredRatio): string {
  return ratio.kind === 'magnitude' ? roughly(ratio.median) : estimateWords(ratio);
}

/** `1.06 of 2`. */
function offeredWords({ median, threads }: { median: number; threads: number }): string {
  return `${digits(median)} of ${threads}`;
}

/** Of a speed-up, what it had to work with; a sentence or none. */
export function offeredSentence({ offered, ofOffered }: MeasuredRatio): string[] {
  if (!offered || !ofOffered) return [];
  return [
    `Meanwhile this machine offered ${estimateWords(offered)} of ${offered.threads} threads' worth of cores; the ` +
      `speed-up is ${estimateWords(ofOffered)} of that.`,
  ];
}

/** A ratio by its names: `"two threads" is 1.93 times as fast as "one thread"`. No more than is known. */
export function comparisonWords(ratio: MeasuredRatio): string {
  const isTime = ratio.unit === msUnit;
  const { of, over } = ratio;
  if (isTime && ratio.pairs < fewestPairs) return `${ratio.pairs} pairs are too few to say which of the two is faster`;
  const direction = directionOf(ratio);
  if (direction === 'neither') {
    if (ratio.halfWidth > alike)
      return isTime ? 'which of the two is faster cannot be told' : 'which of the two is more cannot be told';
    const within = `give or take ${percent(ratio.halfWidth)}`;
    return isTime ? `"${over}" takes as long as "${of}", ${within}` : `"${of}" is as much as "${over}", ${within}`;
  }
  const [more, less] = direction === 'above' ? [of, over] : [over, of];
  const size = direction === 'above' ? ratio.median : 1 / ratio.median;
  const times = `${ratio.kind === 'magnitude' ? roughly(size) : digits(size)} times`;
  return isTime ? `"${less}" is ${times} as fast as "${more}"` : `"${more}" is ${times} as much as "${less}"`;
}

/** Why a verdict is what it is: a sentence without its full stop. */
export function reasonWords(reason: Reason, { holds, ratio, variant, othersShare }: Circumstances): string {
  const claimed = boundsWords(holds, ratio ? undefined : variant?.unit);
  const offered = ratio?.offered ? offeredWords(ratio.offered) : '';
  switch (reason) {
    case 'inside':
      return `all of the interval is ${claimed}`;
    case 'outside':
      return `all of the interval is outside of what is claimed, which is ${claimed}`;
    case 'as-offered':
      return (
        `it is not surely ${claimed}, but this machine now offers ${offered} threads' worth of cores, and it is ` +
        `${ratio?.ofOffered ? estimateWords(ratio.ofOffered) : ''} of that`
      );
    case 'direction-only':
      return `the direction is sure; that it is ${claimed} is not`;
    case 'straddles':
      return `the interval is neither inside nor outside of what is claimed, which is ${claimed}`;
    case 'cores-missing':
      return `it fits, but this machine now offers only ${offered} threads' worth of cores`;
    case 'not-measured':
      return 'it was not measured';
    case 'few-runs':
      return ratio?.unit === msUnit || variant?.unit === msUnit
        ? `${runsOf(ratio, variant)} ${ratio ? 'pairs' : 'runs'} are too few; at least ${fewestPairs} are needed`
        : `${runsOf(ratio, variant)} runs are too few; at least ${fewestAmounts} are needed`;
    case 'busy-machine':
      return `others took ${percent(othersShare ?? 0)} of the machine meanwhile`;
    case 'wide-interval':
      return ratio?.ofOffered
        ? `what it is of the cores offered is known to within ${halfWidthWords(ratio.ofOffered)} only`
        : `the interval is as wide as +-${percent(ratio?.halfWidth ?? 0)}`;
  }
}

export function percent(part: number): string {
  return `${Math.round(part * 100)} %`;
}

function runsOf(ratio: MeasuredRatio | undefined, variant: MeasuredVariant | undefined): number {
  return ratio?.pairs ?? variant?.runs ?? 0;
}

function halfWidthWords({ low, high }: Estimate): string {
  return `+-${percent(Math.sqrt(high / low) - 1)}`;
}

/** `1.93 (1.91 to 1.95)`. */
function estimateWords({ median, low, high }: Estimate): string {
  return `${digits(median)} (${digits(low)} to ${digits(high)})`;
}
