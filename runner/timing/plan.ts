// What a demo measures, as data that can be sent from the process that measures to the one that shows.
import type { Range, RatioKind } from './verdict.ts';

/** The unit of everything that is timed. */
export const msUnit = 'ms';

export interface PlannedVariant {
  readonly name: string;
  /** `ms`, `bytes` or what is counted */
  readonly unit: string;
  /** it runs in Python */
  readonly inPython?: true;
}

export interface PlannedRatio {
  readonly name: string;
  /** the variant above the line */
  readonly of: string;
  /** the variant below the line */
  readonly over: string;
  readonly kind: RatioKind;
  /** of a speed-up: among how many the work is divided */
  readonly threads?: number;
}

/** A claim of the documents (a row of the ledger) about a ratio or about one variant. */
export interface PlannedClaim {
  readonly claim: string;
  readonly says: string;
  readonly ratio?: string;
  readonly variant?: string;
  readonly holds: Range;
  readonly limits?: Range;
}

/** What one thing costs, for the page of all that a learner has measured. */
export interface KeptCost {
  /** `a thread, start to end`; short, for it stands in a table */
  readonly thing: string;
  readonly variant: string;
  /** the variant does it so many times */
  readonly per: number;
}

/** Rounds of the same variants, measured until enough is known. */
export interface PlannedSeries {
  readonly variants: readonly string[];
  /** which comparisons are made of them: one, with Python several; none of a variant by itself */
  readonly ratios: readonly string[];
  /** so many variants that it takes the time of several */
  readonly isCurve?: true;
}

/** The same work, divided into more and more parts, in several ways. */
export interface PlannedCurve {
  /** `workers`, `processes` */
  readonly ways: readonly string[];
  /** into how many parts, from 1 on */
  readonly parts: readonly number[];
}

export interface DemoPlan {
  readonly title: string;
  readonly variants: readonly PlannedVariant[];
  readonly ratios: readonly PlannedRatio[];
  readonly series: readonly PlannedSeries[];
  readonly claims: readonly PlannedClaim[];
  /** what of it is kept for the page of costs */
  readonly keeps?: readonly KeptCost[];
  /** of a curve: its variants are `workers 1`, `workers 2` and so on, its ratios `workers-2` and so on */
  readonly curve?: PlannedCurve;
}

/** What one round of a series found. */
export interface Round {
  /** the number of the series, from 0 */
  readonly series: number;
  /** for each of its variants, in their order: milliseconds or amount, for one thing */
  readonly values: readonly number[];
  /** how often each variant ran for its value */
  readonly repeats: readonly number[];
  /** beside speed-ups: how many threads' worth of cores the machine offered in this round, by the number of threads */
  readonly offered?: Readonly<Record<number, number>>;
}

/** One variant divided by another in a round. @param variants of its series, in their order */
export function ratioIn(
  { values }: Pick<Round, 'values'>,
  variants: readonly string[],
  { of, over }: Pick<PlannedRatio, 'of' | 'over'>,
): number {
  const [above = Number.NaN, below = Number.NaN] = [of, over].map((name) => values[variants.indexOf(name)]);
  return above / below;
}

/** What the machine did since measuring began, in milliseconds of its cores. */
export interface MachineLoad {
  readonly busyMs: number;
  readonly idleMs: number;
  /** the part of it that was ours */
  readonly ownMs: number;
}

/** Everything that was measured, before anything is concluded from it. */
export interface Measured {
  readonly rounds: readonly Round[];
  readonly load: MachineLoad | undefined;
}
