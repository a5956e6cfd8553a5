// The fit against times that were made with a known serial share: with noise, with disturbed rounds, with fewer cores than
// parts, with cores that come and go.
import { describe, expect, test } from 'vitest';
import { partsFor } from '../../runner/timing/curve.ts';
import { type CurveRound, serialShare, speedUpWith } from '../../runner/timing/serial-share.ts';
import { normal, seededRandom } from './synthetic.ts';

interface Machine {
  readonly cores: number;
  /** how much of them others take in a round, at random up to this part */
  readonly taken?: number;
  readonly noise?: number;
}

/** Rounds as a machine with so many cores would give them. */
function roundsOf(
  share: number,
  parts: readonly number[],
  machine: Machine,
  { seed, rounds = 60, priceOfAPart = 0 }: { seed: number; rounds?: number; priceOfAPart?: number },
): CurveRound[] {
  const { cores, taken = 0, noise = 0.02 } = machine;
  const random = seededRandom(seed);
  const noisy = (value: number) => value * Math.exp(normal(random) * noise * (random() < 0.15 ? 8 : 1));
  return Array.from({ length: rounds }, () => {
    const free = cores * (1 - random() * taken);
    return {
      times: parts.map((n) => noisy(100 / speedUpWith(share, n, Math.min(n, free)) + priceOfAPart * (n - 1))),
      offered: parts.map((n) => (n === 1 ? 1 : noisy(Math.max(1, Math.min(n, free))))),
    };
  });
}

const seeds = Array.from({ length: 100 }, (_, seed) => seed + 1);

describe.each([
  [2, 0],
  [2, 0.4],
  [8, 0],
  [8, 0.2],
])('with %i cores, of which others take up to the part %f', (cores, taken) => {
  test.each([0, 0.05, 0.2, 0.5])('a share of %f lies in the interval, which is narrow enough to say so', (share) => {
    const parts = partsFor(cores);
    const fits = seeds.map((seed) => serialShare(parts, roundsOf(share, parts, { cores, taken }, { seed }), 0.1));
    const told = fits.flatMap(({ estimate, untold }) => (estimate && untold === undefined ? [estimate] : []));
    expect(told.length).toBeGreaterThan(90);
    const covered = told.filter(({ low, high }) => low <= share && share <= high).length / told.length;
    expect(covered).toBeGreaterThan(0.95);
    const widths = told.map(({ low, high }) => high - low).sort((a, b) => a - b);
    expect(widths[Math.floor(widths.length / 2)]).toBeLessThan(cores === 2 ? 0.15 : 0.05);
  });
});

test('no share is known better than two times of the same work agree', () => {
  const parts = partsFor(2);
  const exact = serialShare(parts, roundsOf(0.1, parts, { cores: 2, noise: 0 }, { seed: 1 }), 0);
  expect(exact.estimate?.median).toBeCloseTo(0.1, 9);
  expect(exact.estimate?.low).toBeLessThan(0.08);
  expect(exact.estimate?.high).toBeGreaterThan(0.12);
});

test('only points that had their cores are fitted', () => {
  const parts = partsFor(2);
  expect(parts).toEqual([1, 2, 3, 4]);
  expect(serialShare(parts, roundsOf(0.1, parts, { cores: 2 }, { seed: 1 }), 0).parts).toEqual([2]);
  const more = partsFor(8);
  expect(more).toEqual([1, 2, 3, 4, 6, 8, 12, 16]);
  expect(serialShare(more, roundsOf(0.1, more, { cores: 8 }, { seed: 1 }), 0).parts).toEqual([2, 3, 4, 6, 8]);
});

test.each([
  ['one core', { cores: 1 }, {}, 0, 'no-cores'],
  ['a machine that others use', { cores: 2 }, {}, 0.9, 'busy-machine'],
  ['few rounds', { cores: 2 }, { rounds: 9 }, 0, 'few-rounds'],
  ['much noise', { cores: 2, noise: 0.8 }, {}, 0, 'wide-interval'],
  ['parts that have a price each', { cores: 8 }, { priceOfAPart: 3 }, 0, 'no-one-share'],
] as const)('with %s it cannot be told', (_, machine, options, othersShare, untold) => {
  const parts = partsFor(machine.cores);
  const rounds = roundsOf(0.05, parts, machine, { seed: 3, ...options });
  expect(serialShare(parts, rounds, othersShare).untold).toBe(untold);
});

test('with one core to be had nothing is predicted to be gained', () => {
  expect(speedUpWith(0.1, 4, 1)).toBe(1);
  expect(speedUpWith(0, 4, 3)).toBe(3);
  expect(speedUpWith(0.5, 1_000, 1_000)).toBeCloseTo(2, 2);
});

test.each([
  [1, [1, 2]],
  [3, [1, 2, 3, 4, 5, 6]],
  [10, [1, 2, 3, 4, 6, 8, 10, 12, 16, 20]],
  [64, [1, 2, 3, 4, 6, 8, 12, 16, 24, 32]],
])('%i cores: divided into %j parts', (cores, parts) => {
  expect(partsFor(cores)).toEqual(parts);
});
