// Medians and ratios of paired samples with their intervals. Pure; it knows nothing of clocks, demos or machines.
//
// The procedure was chosen by its coverage on quiet and on busy machines: the Hodges-Lehmann estimate of paired log
// ratios held the truth where means, bootstrapped medians and blocks (all of one, then all of the other) did not.

/** A value and the interval that it lies in, as far as can be told. */
export interface Estimate {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

/** Nominally 99 %: samples of one run depend on each other, and looking several times costs some; it serves as 95 %. */
const z = 2.576;

/** The same code imported twice differs by up to 1.2 %: no ratio is known better than this. */
const finest = 1.02;

/** @throws RangeError when there are none */
export function median(values: readonly number[]): number {
  const sorted = ascending(values);
  const middle = sorted.length / 2;
  return (at(sorted, Math.ceil(middle) - 1) + at(sorted, Math.floor(middle))) / 2;
}

/** The median with an interval from its order statistics; the whole range where there are too few for one. */
export function medianEstimate(values: readonly number[]): Estimate {
  const sorted = ascending(values);
  const rank = rankWithin(sorted.length / 2 - (z * Math.sqrt(sorted.length)) / 2);
  return { median: median(values), low: at(sorted, rank - 1), high: at(sorted, sorted.length - rank) };
}

/**
 * The ratio of paired positive samples, numerator and denominator of a pair measured one after the other.
 * @param ratios of each pair
 */
export function ratioEstimate(ratios: readonly number[]): Estimate {
  const { median, low, high } = hodgesLehmann(ratios.map(Math.log));
  const floor = Math.log(finest);
  return {
    median: Math.exp(median),
    low: Math.exp(Math.min(low, median - floor)),
    high: Math.exp(Math.max(high, median + floor)),
  };
}

/** The ratio where nothing is known of how it varies but what was seen: its median, least and greatest. */
export function ratioSpread(ratios: readonly number[]): Estimate {
  const sorted = ascending(ratios);
  return { median: median(ratios), low: at(sorted, 0), high: at(sorted, sorted.length - 1) };
}

/** Half of an interval of a ratio, as a part of it: 0.1 for 2 (1.82 to 2.2). */
export function halfWidth({ low, high }: Pick<Estimate, 'low' | 'high'>): number {
  return Math.sqrt(high / low) - 1;
}

/**
 * The median of all pairwise means, and the interval of Wilcoxon's signed-rank test around it. Fewer than 8 values have
 * no such interval: it is the whole range then, and whoever judges by it asks for more pairs.
 */
export function hodgesLehmann(values: readonly number[]): Estimate {
  const n = values.length;
  const means = new Float64Array((n * (n + 1)) / 2);
  let count = 0;
  for (let i = 0; i < n; i++) {
    for (let j = i; j < n; j++) means[count++] = (at(values, i) + at(values, j)) / 2;
  }
  means.sort();
  const rank = rankWithin(count / 2 - z * Math.sqrt((n * (n + 1) * (2 * n + 1)) / 24));
  const middle = count / 2;
  return {
    median: (at(means, Math.ceil(middle) - 1) + at(means, Math.floor(middle))) / 2,
    low: at(means, rank - 1),
    high: at(means, count - rank),
  };
}

/** A rank counted from 1. */
function rankWithin(rank: number): number {
  return Math.max(1, Math.floor(rank));
}

function ascending(values: readonly number[]): number[] {
  return [...values].sort((a, b) => a - b);
}

function at(values: ArrayLike<number>, index: number): number {
  const value = values[index];
  if (value === undefined) throw new RangeError(`no sample ${index} of ${values.length}`);
  return value;
}
