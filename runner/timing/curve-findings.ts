// What the rounds of a speed-up curve say: each way's speed-ups, what the machine offered, what cannot be divided. Pure.
import { speedUpName } from './curve.ts';
import { type DemoPlan, type PlannedCurve, type Round, ratioIn } from './plan.ts';
import { type CurveRound, type SerialShare, serialShare } from './serial-share.ts';
import { type Estimate, median, ratioEstimate } from './statistics.ts';

export interface CurveFindings {
  /** into how many parts the work was divided */
  readonly parts: readonly number[];
  /** for each of them: how many threads' worth of cores the machine offered */
  readonly offered: readonly Estimate[];
  readonly ways: readonly MeasuredWay[];
  readonly rounds: number;
}

export interface MeasuredWay {
  /** `workers` */
  readonly name: string;
  /** for each number of parts: how long the work took, the median in milliseconds */
  readonly ms: readonly number[];
  /** for each number of parts: how many times as fast as in one part */
  readonly speedUps: readonly Estimate[];
  readonly serialShare: SerialShare;
}

const none: Estimate = { median: 1, low: 1, high: 1 };

/** @param othersShare of the machine, by everybody else */
export function curveFindings(
  { ways, parts }: PlannedCurve,
  { series, ratios }: Pick<DemoPlan, 'series' | 'ratios'>,
  rounds: readonly Round[],
  othersShare: number | undefined,
): CurveFindings {
  const variants = series[0]?.variants ?? [];
  const offered = (round: Round) => parts.map((part) => (part === 1 ? 1 : (round.offered?.[part] ?? Number.NaN)));
  const estimates = (valuesOf: (part: number) => number[]) =>
    parts.map((part) => (part === 1 ? none : ratioEstimate(valuesOf(part))));
  return {
    parts,
    offered: estimates((part) => rounds.map((round) => round.offered?.[part] ?? Number.NaN)),
    ways: ways.map((name) => {
      const ofWay = rounds.map((round): CurveRound => ({
        times: parts.map((part) => round.values[variants.indexOf(`${name} ${part}`)] ?? Number.NaN),
        offered: offered(round),
      }));
      return {
        name,
        ms: parts.map((_, index) => median(ofWay.map(({ times }) => times[index] ?? Number.NaN))),
        speedUps: estimates((part) => {
          const ratio = ratios.find((ratio) => ratio.name === speedUpName(name, part));
          return ratio ? rounds.map((round) => ratioIn(round, variants, ratio)) : [];
        }),
        serialShare: serialShare(parts, ofWay, othersShare),
      };
    }),
    rounds: rounds.length,
  };
}
