// How much of some work cannot be divided, from how long it took in one part and in several: Amdahl's law, fitted. Pure;
// it knows nothing of who did the work.
//
// The model: T(n) = T(1) x (serial + (1 - serial) / P(n)), where P(n) is what a probe found to be had for n threads in the
// same round. So cores that somebody else has are not taken for a part that cannot be divided.
import { type Estimate, hodgesLehmann, median } from './statistics.ts';
import { fewestPairs, isBusy } from './verdict.ts';

/** What one round found, for each number of parts. */
export interface CurveRound {
  /** milliseconds */
  readonly times: readonly number[];
  /** how many threads' worth of cores the machine offered to so many; for one part 1 */
  readonly offered: readonly number[];
}

/** Why the share cannot be told. */
export type Untold =
  | 'few-rounds'
  | 'busy-machine'
  /** nowhere did the parts have a core each */
  | 'no-cores'
  | 'wide-interval'
  /** what holds it back grows with the number of parts */
  | 'no-one-share';

export interface SerialShare {
  /** from 0 to 1; undefined where nothing can be fitted */
  readonly estimate?: Estimate;
  /** the numbers of parts that it was fitted to: those that had their cores */
  readonly parts: readonly number[];
  /** where it should not be believed */
  readonly untold?: Untold;
}

/** A point tells of the work only where this part of its threads had a core; else it tells of the machine. */
const hadCores = 0.75;
/** Two times of the same work differ by so much for other reasons (statistics.ts). */
const finest = 0.02;
/** An interval wider than this tells too little. */
const bearableWidth = 0.3;

/**
 * Each round gives a share by least squares; of those the Hodges-Lehmann estimate, which a disturbed round does not move.
 * @param parts from 1 on
 * @param othersShare of the machine, by everybody else
 */
export function serialShare(
  parts: readonly number[],
  rounds: readonly CurveRound[],
  othersShare: number | undefined,
): SerialShare {
  if (rounds.length < fewestPairs) return { parts: [], untold: 'few-rounds' };
  const points = [...parts.keys()].filter(
    (point) => (parts[point] ?? 1) > 1 && offeredAt(rounds, point) >= hadCores * (parts[point] ?? 1),
  );
  const told = points.map((point) => parts[point] ?? 1);
  if (points.length === 0) return { parts: told, untold: isBusy(othersShare) ? 'busy-machine' : 'no-cores' };
  const estimate = shareAt(rounds, points);
  if (isBusy(othersShare)) return { parts: told, estimate, untold: 'busy-machine' };
  if (estimate.high - estimate.low > bearableWidth) return { parts: told, estimate, untold: 'wide-interval' };
  const [first, last] = [points.slice(0, 1), points.slice(-1)].map((point) => shareAt(rounds, point));
  const isOne = !first || !last || (first.low <= last.high && last.low <= first.high);
  return { parts: told, estimate, ...(isOne ? {} : { untold: 'no-one-share' as const }) };
}

/** How many times as fast work with such a share is, divided among so many, when so much is offered. */
export function speedUpWith(share: number, parts: number, offered: number): number {
  return 1 / (share + (1 - share) / Math.max(1, Math.min(parts, offered)));
}

function shareAt(rounds: readonly CurveRound[], points: readonly number[]): Estimate {
  const { median: middle, low, high } = hodgesLehmann(rounds.map((round) => shareOf(round, points)));
  const slack = slackAt(rounds, points);
  return {
    median: within(middle),
    low: within(Math.min(low, middle - slack)),
    high: within(Math.max(high, middle + slack)),
  };
}

/** Least squares in one round, where T(n) / T(1) - 1 / P(n) = serial x (1 - 1 / P(n)). */
function shareOf(round: CurveRound, points: readonly number[]): number {
  let [above, below] = [0, 0];
  for (const point of points) {
    const { time, ideal } = pointOf(round, point);
    above += (time - ideal) * (1 - ideal);
    below += (1 - ideal) ** 2;
  }
  return above / below;
}

/** What an error of `finest` in each time would make of the share. */
function slackAt(rounds: readonly CurveRound[], points: readonly number[]): number {
  const slacks = rounds.map((round) => {
    let [above, below] = [0, 0];
    for (const point of points) {
      const { time, ideal } = pointOf(round, point);
      above += finest * time * (1 - ideal);
      below += (1 - ideal) ** 2;
    }
    return above / below;
  });
  return median(slacks);
}

/** As parts of the time that one part takes. Where nothing was offered, nothing was to be gained. */
function pointOf({ times, offered }: CurveRound, point: number): { time: number; ideal: number } {
  const [one = Number.NaN] = times;
  return { time: (times[point] ?? Number.NaN) / one, ideal: 1 / Math.max(1.05, offered[point] ?? Number.NaN) };
}

function offeredAt(rounds: readonly CurveRound[], point: number): number {
  return median(rounds.map(({ offered }) => offered[point] ?? Number.NaN));
}

function within(share: number): number {
  return Math.min(Math.max(share, 0), 1);
}
