import { expect, test } from 'vitest';
import {
  type Estimate,
  halfWidth,
  hodgesLehmann,
  median,
  medianEstimate,
  ratioEstimate,
  ratioSpread,
} from '../../runner/timing/statistics.ts';
import { isKnown, isLook } from '../../runner/timing/stopping-rule.ts';
import { noisyRatios, normal, seededRandom } from './synthetic.ts';

const trials = 400;

/** How often the interval held the truth. */
function coverage(truth: number, estimate: (random: () => number) => Estimate): number {
  let held = 0;
  for (let seed = 1; seed <= trials; seed++) {
    const { low, high } = estimate(seededRandom(seed));
    if (low <= truth && truth <= high) held++;
  }
  return held / trials;
}

test('the median of an odd and of an even number of values', () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 2, 3])).toBe(2.5);
  expect(() => median([])).toThrow('no sample');
});

test('Hodges-Lehmann is the median of all pairwise means', () => {
  // The means: 1 2.5 3 / 4 4.5 5 (of 1, 4, 5); 2.5 stands for 1 and 4.
  expect(hodgesLehmann([5, 1, 4]).median).toBe(3.5);
  const spread = hodgesLehmann([1, 2]);
  expect(spread).toEqual({ median: 1.5, low: 1, high: 2 });
});

test("Wilcoxon's interval is no narrower than the published tables allow, and hardly wider", () => {
  // Critical values of the signed-rank test, two-sided, 1 %: the interval ends at the rank above them.
  for (const [n, critical] of [
    [10, 3],
    [15, 15],
    [20, 37],
    [25, 68],
    [30, 109],
  ] as const) {
    const values = Array.from({ length: n }, (_, index) => 2 ** index);
    const means = values.flatMap((a, i) => values.slice(i).map((b) => (a + b) / 2)).sort((a, b) => a - b);
    const { low, high } = hodgesLehmann(values);
    const rank = means.indexOf(low) + 1;
    expect(rank).toBeLessThanOrEqual(critical + 1);
    expect(rank).toBeGreaterThanOrEqual(critical - 2);
    expect(means.length - means.indexOf(high)).toBe(rank);
  }
});

test('the interval of a ratio holds the truth in at least 95 of 100 runs, with outliers and for few pairs', () => {
  for (const [pairs, noise] of [
    [10, 0.05],
    [15, 0.3],
    [45, 0.05],
    [100, 0.2],
  ] as const) {
    const held = coverage(1.9, (random) => ratioEstimate(noisyRatios(1.9, pairs, noise, random)));
    expect({ pairs, noise, held: held >= 0.95 }).toEqual({ pairs, noise, held: true });
  }
});

test('stopping as soon as the interval is narrow costs no more coverage than was promised', () => {
  const held = coverage(1.1, (random) => {
    const ratios = noisyRatios(1.1, 5, 0.08, random);
    while (!isKnown(ratios) && ratios.length < 125) ratios.push(...noisyRatios(1.1, 1, 0.08, random));
    return ratioEstimate(ratios);
  });
  expect(held).toBeGreaterThanOrEqual(0.95);
});

test('nothing is called faster in A against A', () => {
  let claims = 0;
  for (let seed = 1; seed <= trials; seed++) {
    const { low, high } = ratioEstimate(noisyRatios(1, 45, 0.05, seededRandom(seed)));
    if (low > 1.02 || high < 1 / 1.02) claims++;
  }
  expect(claims / trials).toBeLessThan(0.01);
});

test('a ratio and its inverse say the same', () => {
  for (let seed = 1; seed <= 20; seed++) {
    const ratios = noisyRatios(3, 30, 0.1, seededRandom(seed));
    const there = ratioEstimate(ratios);
    const back = ratioEstimate(ratios.map((ratio) => 1 / ratio));
    expect(back.median * there.median).toBeCloseTo(1, 9);
    expect(back.low * there.high).toBeCloseTo(1, 9);
    expect(back.high * there.low).toBeCloseTo(1, 9);
    expect(halfWidth(back)).toBeCloseTo(halfWidth(there), 9);
  }
});

test('the estimate always lies in its interval, and one wild pair does not move it far', () => {
  for (let seed = 1; seed <= 50; seed++) {
    const random = seededRandom(seed);
    const ratios = noisyRatios(2, 1 + Math.floor(random() * 60), 0.5, random);
    const { median, low, high } = ratioEstimate(ratios);
    expect(low).toBeLessThanOrEqual(median);
    expect(high).toBeGreaterThanOrEqual(median);
    if (ratios.length < 30) continue;
    const disturbed = ratioEstimate([...ratios, 1e6]);
    expect(disturbed.median).toBeLessThan(high);
  }
});

test('no ratio is known better than 2 %', () => {
  const { median, low, high } = ratioEstimate(Array.from({ length: 100 }, () => 2));
  expect(median).toBeCloseTo(2, 12);
  expect(high / 2).toBeCloseTo(1.02, 12);
  expect(2 / low).toBeCloseTo(1.02, 12);
  expect(halfWidth({ low, high })).toBeCloseTo(0.02, 12);
});

test('the interval of a median holds the truth in at least 95 of 100 runs', () => {
  for (const runs of [8, 20, 75]) {
    const held = coverage(0, (random) => medianEstimate(Array.from({ length: runs }, () => normal(random))));
    expect({ runs, held: held >= 0.95 }).toEqual({ runs, held: true });
  }
});

test('a single value has a median, and no more', () => {
  expect(medianEstimate([7])).toEqual({ median: 7, low: 7, high: 7 });
  expect(ratioSpread([2, 5, 3])).toEqual({ median: 3, low: 2, high: 5 });
});

test('looks are at 15 pairs and then at every tenth', () => {
  const looks = Array.from({ length: 50 }, (_, pairs) => pairs).filter(isLook);
  expect(looks).toEqual([15, 25, 35, 45]);
  const still = Array.from({ length: 15 }, () => 1.5);
  expect(isKnown(still)).toBe(true);
  expect(isKnown(still.slice(1))).toBe(false);
  expect(isKnown(noisyRatios(1.5, 15, 0.5, seededRandom(1)))).toBe(false);
});
