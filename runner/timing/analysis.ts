// From what was measured to medians, ratios and verdicts: pure, and good for a part of the rounds, too.
import { type CurveFindings, curveFindings } from './curve-findings.ts';
import { othersShare } from './others-share.ts';
import {
  type DemoPlan,
  type Measured,
  type PlannedClaim,
  type PlannedRatio,
  type Round,
  msUnit,
  ratioIn,
} from './plan.ts';
import { type Estimate, halfWidth, medianEstimate, ratioEstimate, ratioSpread } from './statistics.ts';
import {
  type Judged,
  judgeAmount,
  judgeAmountRatio,
  judgeRatio,
  judgeTime,
  type Range,
  type RatioKind,
} from './verdict.ts';
import { measuredWords, reasonWords } from './verdict-words.ts';

export interface MeasuredVariant extends Estimate {
  readonly name: string;
  readonly unit: string;
  /** how many samples the median is of */
  readonly runs: number;
  /** how often the variant ran for each of them, at most */
  readonly repeats: number;
}

export interface MeasuredRatio extends Estimate {
  readonly name: string;
  readonly of: string;
  readonly over: string;
  readonly kind: RatioKind;
  /** of times or of amounts */
  readonly unit: string;
  readonly pairs: number;
  readonly halfWidth: number;
  /** of a speed-up: how many threads' worth of cores the machine offered meanwhile */
  readonly offered?: Estimate & { readonly threads: number };
  /** of a speed-up: it, divided by what was offered */
  readonly ofOffered?: Estimate;
}

export interface JudgedClaim extends Judged {
  readonly claim: string;
  readonly says: string;
  /** in words */
  readonly measured: string;
  /** the reason in words */
  readonly why: string;
  /** the ratio or the variant that it is about */
  readonly about: string;
  readonly holds: Range;
  readonly limits?: Range;
}

export interface Findings {
  readonly variants: readonly MeasuredVariant[];
  readonly ratios: readonly MeasuredRatio[];
  readonly verdicts: readonly JudgedClaim[];
  /** of the machine, by everybody else, from 0 to 1 */
  readonly othersShare: number | undefined;
  /** of a curve that was measured */
  readonly curve?: CurveFindings;
}

/** What was not measured is left out; a claim about it is too noisy. */
export function analyse(plan: DemoPlan, { rounds, load }: Measured): Findings {
  const share = load && othersShare(load);
  const variants = plan.variants.flatMap(({ name, unit }) => {
    const samples = samplesOf(name, plan, rounds);
    if (samples.length === 0) return [];
    const repeats = Math.max(...samples.map((sample) => sample.repeats));
    return [{ name, unit, ...medianEstimate(samples.map(({ value }) => value)), runs: samples.length, repeats }];
  });
  const ratios = plan.ratios.flatMap((ratio) => {
    const unit = plan.variants.find(({ name }) => name === ratio.of)?.unit ?? msUnit;
    return measuredRatio(ratio, unit, pairsOf(ratio, plan, rounds));
  });
  const verdicts = plan.claims.map((claim) => judge(claim, { variants, ratios, othersShare: share }));
  const curve = plan.curve && rounds.length > 0 ? { curve: curveFindings(plan.curve, plan, rounds, share) } : {};
  return { variants, ratios, verdicts, othersShare: share, ...curve };
}

/** A variant that stands in both comparisons has the samples of both. */
function samplesOf(name: string, { series }: DemoPlan, rounds: readonly Round[]): { value: number; repeats: number }[] {
  return rounds.flatMap((round) => {
    const index = series[round.series]?.variants.indexOf(name) ?? -1;
    const [value, repeats = 1] = [round.values[index], round.repeats[index]];
    return value === undefined ? [] : [{ value, repeats }];
  });
}

interface Pair {
  readonly ratio: number;
  readonly offered: number;
}

function pairsOf(ratio: PlannedRatio, { series }: DemoPlan, rounds: readonly Round[]): Pair[] {
  return rounds.flatMap((round) => {
    const { ratios = [], variants = [] } = series[round.series] ?? {};
    if (!ratios.includes(ratio.name)) return [];
    return [{ ratio: ratioIn(round, variants, ratio), offered: round.offered?.[ratio.threads ?? 1] ?? Number.NaN }];
  });
}

function measuredRatio(planned: PlannedRatio, unit: string, pairs: readonly Pair[]): MeasuredRatio[] {
  if (pairs.length === 0) return [];
  const ratios = pairs.map(({ ratio }) => ratio);
  const estimate = unit === msUnit ? ratioEstimate(ratios) : ratioSpread(ratios);
  const { name, of, over, kind, threads } = planned;
  const basis = { name, of, over, kind, unit, pairs: pairs.length, ...estimate, halfWidth: halfWidth(estimate) };
  if (threads === undefined) return [basis];
  return [
    {
      ...basis,
      offered: { threads, ...ratioEstimate(pairs.map(({ offered }) => offered)) },
      ofOffered: ratioEstimate(pairs.map(({ ratio, offered }) => ratio / offered)),
    },
  ];
}

function judge(claim: PlannedClaim, findings: Omit<Findings, 'verdicts'>): JudgedClaim {
  const { holds, limits } = claim;
  const ratio = findings.ratios.find(({ name }) => name === claim.ratio);
  const variant = findings.variants.find(({ name }) => name === claim.variant);
  const judged =
    claim.ratio === undefined
      ? judgeVariant(variant, holds, findings.othersShare)
      : judgeOneRatio(ratio, { holds, limits }, findings.othersShare);
  return {
    claim: claim.claim,
    says: claim.says,
    measured: measuredWords(ratio, variant),
    ...judged,
    why: reasonWords(judged.reason, { holds, ratio, variant, othersShare: findings.othersShare }),
    about: claim.ratio ?? claim.variant ?? '',
    holds,
    ...(limits ? { limits } : {}),
  };
}

function judgeVariant(variant: MeasuredVariant | undefined, holds: Range, share: number | undefined): Judged {
  const runs = { estimate: variant, runs: variant?.runs ?? 0 };
  return variant && variant.unit !== msUnit
    ? judgeAmount(runs, holds)
    : judgeTime({ ...runs, othersShare: share }, holds);
}

function judgeOneRatio(
  ratio: MeasuredRatio | undefined,
  bounds: { holds: Range; limits: Range | undefined },
  share: number | undefined,
): Judged {
  const pairs = ratio?.pairs ?? 0;
  if (ratio && ratio.unit !== msUnit) return judgeAmountRatio({ estimate: ratio, runs: pairs }, bounds.holds);
  const { kind = 'work', ofOffered } = ratio ?? {};
  return judgeRatio({ kind, estimate: ratio, pairs, othersShare: share, ofOffered }, bounds);
}
