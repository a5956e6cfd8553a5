// A demo as its author writes it, and the check of it that needs no run. It knows nothing of how it is measured.
import { CourseError } from '../course/course-error.ts';
import {
  type DemoPlan,
  type KeptCost,
  type PlannedClaim,
  type PlannedRatio,
  type PlannedVariant,
  msUnit,
} from './plan.ts';
import { planSeries, planWithout } from './plan-series.ts';
import type { Range } from './verdict.ts';

/** What `setup` returns is the context: it is handed to every variant, every check and `teardown`. */
export type Run<Context, Result> = (context: Context) => Result | Promise<Result>;

/**
 * Whether a result shows that the work was done: true, or in words what is wrong with it. Every result of every run is
 * checked, outside of the measured time.
 */
export type Check<Context, Result> = (result: Result, context: Context) => boolean | string;

export interface Variant<Context, Result> {
  readonly run: Run<Context, Result>;
  /** left out: the demo's `check` */
  readonly check?: Check<Context, Result>;
  /** one run does the thing this many times; what is shown is for once. Left out: 1 */
  readonly count?: number;
  /**
   * Left out: the run is timed, in ms. Else the run measures something that is no time, in this unit: `bytes` (shown as
   * KB and MB) or a word such as `messages`.
   */
  readonly unit?: string;
  /** what was measured, where there is a `unit`. Left out: the result, which is a number then */
  readonly amount?: (result: Result) => number;
}

/**
 * A function of a Python script, which is called in one long-lived python3 as a variant is run. What type it returns the
 * `check` beside it says: `(sum: number) => sum === 42`.
 */
export interface PythonVariant<Context> extends Omit<Variant<Context, never>, 'run'> {
  /** from the demo's folder: `./split_work.py` */
  readonly script: string;
  /** the function; what it returns has to be plain data (numbers, texts, lists) */
  readonly call: string;
  /** plain data; left out: none */
  readonly args?: readonly unknown[];
}

/** `of` divided by `over`: slow by fast, large by small. */
export type RatioDefinition<Name extends string> = {
  readonly of: Name;
  readonly over: Name;
} & (
  | {
      /**
       * Left out: both compute. `waits`: they wait for something, which varies more. `magnitude`: they are so far apart
       * that only the order of magnitude is shown.
       */
      readonly kind?: 'waits' | 'magnitude';
      readonly threads?: never;
    }
  | {
      readonly kind?: never;
      /** `over` does the same computing in this many threads at once: what the machine offers is measured beside it */
      readonly threads: number;
    }
);

/** What a document says, judged by a ratio or by one variant. */
export type ClaimDefinition<Name extends string, Ratios extends string> = {
  /** `F04` */
  readonly claim: string;
  /** what it says, in our words: one sentence that can be right or wrong */
  readonly says: string;
  /** the claim holds from here to there; of a variant in its unit */
  readonly holds: Range;
} & (
  | {
      readonly ratio: Ratios;
      readonly variant?: never;
      /** where the ratio has `threads`: within limits is a speed-up that is this part of what the machine offers */
      readonly limits?: Range;
    }
  | { readonly variant: Name; readonly ratio?: never; readonly limits?: never }
);

export interface DemoDefinition<
  Context,
  Results extends Record<string, unknown>,
  Ratios extends string,
  InPython extends string = never,
> {
  /** what is compared, as a heading */
  readonly title: string;
  /** before anything is measured: starts threads, servers, what must be warm */
  readonly setup?: () => Context | Promise<Context>;
  /**
   * What is compared, by the names that the learner reads. (Where a `run` takes the context, TypeScript wants to be
   * told what the `check` beside it takes: `(sum: number) => sum === 42`.)
   */
  readonly variants: {
    readonly [Name in keyof Results]: Run<Context, Results[Name]> | Variant<Context, Results[Name]>;
  };
  /** the same in Python, by names for the learner: where there is no python3 that serves, they are left out */
  readonly python?: Readonly<Record<InPython, PythonVariant<NoInfer<Context>>>>;
  /** for every variant that has none of its own */
  readonly check?: Check<NoInfer<Context>, NoInfer<Results[keyof Results]>>;
  /**
   * Which comparisons matter, by names for the lesson's text; at most two, so that nobody waits beyond some 10 s. With
   * Python there may be more: then all that is timed takes turns in the same rounds.
   */
  readonly ratios?: Readonly<Record<Ratios, RatioDefinition<NoInfer<(keyof Results & string) | InPython>>>>;
  readonly claims?: readonly ClaimDefinition<NoInfer<(keyof Results & string) | InPython>, NoInfer<Ratios>>[];
  /**
   * What of it the learner's page of costs shows, by names for the learner: `{'a thread, start to end': {variant:
   * 'start and end a thread'}}`. `per`: the variant does the thing so many times; left out: once.
   */
  readonly keeps?: Readonly<
    Record<string, { readonly variant: NoInfer<(keyof Results & string) | InPython>; readonly per?: number }>
  >;
  /** also after a failure and after Ctrl-C */
  readonly teardown?: (context: NoInfer<Context>) => void | Promise<void>;
}

/** One variant, ready to run. */
export interface Side {
  readonly name: string;
  readonly run: Run<unknown, unknown>;
  readonly check: Check<unknown, unknown>;
  readonly count: number;
  readonly isTimed: boolean;
  readonly amount: (result: unknown) => number;
}

/** One variant in Python; somebody has yet to see to it that it runs. */
export interface PythonSide extends Omit<Side, 'run'> {
  readonly script: string;
  readonly call: string;
  readonly args: readonly unknown[];
}

export interface Demo {
  /** with all variants */
  readonly plan: DemoPlan;
  readonly sides: ReadonlyMap<string, Side>;
  /** by the name of the variant */
  readonly python: ReadonlyMap<string, PythonSide>;
  readonly setup: () => unknown;
  readonly teardown: (context: unknown) => unknown;
}

/** At most two comparisons of some 5 s each. */
const mostSeries = 2;
/** Each runs once in every round, and there should be many rounds. */
const mostInPython = 4;

/** @throws CourseError that says what is wrong with the definition */
export function makeDemo<
  Context,
  Results extends Record<string, unknown>,
  Ratios extends string,
  InPython extends string = never,
>(definition: DemoDefinition<Context, Results, Ratios, InPython>): Demo {
  // From here on the author's types have done their work: a result only ever goes into its own variant's check.
  const {
    title,
    setup,
    teardown,
    check,
    ratios = {},
    claims = [],
    keeps = {},
    ...rest
  } = definition as unknown as AnyDefinition;
  const ofNode = Object.entries(rest.variants).map(
    ([name, variant]) => [name, typeof variant === 'function' ? { run: variant } : variant] as const,
  );
  const ofPython = Object.entries(rest.python ?? {});
  const sides = new Map(
    ofNode.map(([name, variant]) => [name, { ...makeSide(name, variant, check), run: variant.run }]),
  );
  const python = new Map(ofPython.map(([name, variant]) => [name, makePythonSide(name, variant, check)]));
  const variants: PlannedVariant[] = [
    ...ofNode.map(([name, { unit = msUnit }]) => ({ name, unit })),
    ...ofPython.map(([name, { unit = msUnit }]) => ({ name, unit, inPython: true as const })),
  ];
  const planned = Object.entries(ratios).map(([name, ratio]) => planRatio(name, ratio));
  const kept = Object.entries(keeps).map(([thing, { variant, per = 1 }]) => ({ thing, variant, per }));
  const plan: DemoPlan = {
    title,
    variants,
    ratios: planned,
    series: planSeries(variants, planned),
    claims,
    ...(kept.length > 0 ? { keeps: kept } : {}),
  };
  checkPlan(plan);
  return { plan, sides, python, setup: setup ?? (() => undefined), teardown: teardown ?? (() => {}) };
}

interface AnyDefinition extends Omit<DemoDefinition<unknown, Record<string, unknown>, string, string>, 'python'> {
  readonly python?: Readonly<Record<string, AnyPythonVariant>>;
}

type AnyPythonVariant = Pick<PythonVariant<unknown>, 'script' | 'call' | 'args'> &
  Omit<Variant<unknown, unknown>, 'run'>;

function makeSide(
  name: string,
  variant: Omit<Variant<unknown, unknown>, 'run'>,
  shared: Check<unknown, unknown> | undefined,
): Omit<Side, 'run'> {
  const { count = 1, unit } = variant;
  const check = variant.check ?? shared;
  need(check !== undefined, `"${name}" has no check`, 'Give it one, or give the demo one for all variants.');
  need(Number.isInteger(count) && count > 0, `the count of "${name}" is no whole number above 0`);
  need(unit !== msUnit, `"${name}" measures time itself`, 'Leave the unit out: times are measured for you.');
  return { name, check, count, isTimed: unit === undefined, amount: variant.amount ?? Number };
}

function makePythonSide(
  name: string,
  variant: AnyPythonVariant,
  shared: Check<unknown, unknown> | undefined,
): PythonSide {
  const { script, call, args = [] } = variant;
  need(
    /^\.\/([^/]+\/)*[a-z_][a-z0-9_]*\.py$/.test(script),
    `the script of "${name}" is named "${script}", which Python cannot import`,
    "Name it from the demo's folder, in small letters, digits and underscores: ./split_work.py",
  );
  need(/^[A-Za-z_]\w*$/.test(call), `the call of "${name}" is no name of a function`);
  return { ...makeSide(name, variant, shared), script, call, args };
}

function planRatio(name: string, { of, over, kind, threads }: RatioDefinition<string>): PlannedRatio {
  need(
    /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name),
    `the ratio "${name}" is named with more than small letters, digits and hyphens`,
    "The lesson's text names it.",
  );
  if (threads === undefined) return { name, of, over, kind: kind ?? 'work' };
  need(Number.isInteger(threads) && threads > 1, `the threads of "${name}" are no whole number above 1`);
  return { name, of, over, kind: 'speed-up', threads };
}

function checkPlan(plan: DemoPlan): void {
  const { title, variants, ratios, keeps = [] } = plan;
  const { variants: ofNode, series } = planWithout(plan, ({ inPython }) => inPython === true);
  need(title.trim() !== '', 'it has no title');
  need(ofNode.length > 0, 'it has no variants');
  need(
    series.length <= mostSeries,
    `it has ${series.length} comparisons, and a learner waits for ${mostSeries} at most`,
    'Divide it into two demos.',
  );
  const inPython = variants.length - ofNode.length;
  need(inPython <= mostInPython, `it has ${inPython} variants in Python; the most is ${mostInPython}`);
  need(new Set(variants.map(({ name }) => name)).size === variants.length, 'two of its variants have the same name');
  const units = new Map(variants.map(({ name, unit }) => [name, unit]));
  for (const { name, of, over, kind } of ratios) {
    for (const side of [of, over]) need(units.has(side), `the ratio "${name}" names no variant with "${side}"`);
    need(of !== over, `the ratio "${name}" compares "${of}" with itself`);
    need(units.get(of) === units.get(over), `the two sides of the ratio "${name}" have different units`);
    need(kind !== 'speed-up' || units.get(of) === msUnit, `the speed-up "${name}" is no ratio of times`);
  }
  checkClaims(plan);
  for (const cost of keeps) checkKept(cost, units);
}

function checkKept({ thing, variant, per }: KeptCost, units: ReadonlyMap<string, string>): void {
  need(thing.trim() !== '', 'what it keeps has no name');
  need(units.has(variant), `it keeps "${thing}" of "${variant}", which is no variant`);
  need(Number.isInteger(per) && per > 0, `what "${thing}" is per is no whole number above 0`);
}

/** @throws CourseError for a claim about something that the plan does not measure */
export function checkClaims({ variants, ratios, claims }: Pick<DemoPlan, 'variants' | 'ratios' | 'claims'>): void {
  const units = new Map(variants.map(({ name, unit }) => [name, unit]));
  for (const claim of claims) checkClaim(claim, ratios, units);
}

function checkClaim(
  { claim, says, ratio, variant, holds, limits }: PlannedClaim,
  ratios: readonly PlannedRatio[],
  units: ReadonlyMap<string, string>,
): void {
  need(/^F\d\d$/.test(claim), `"${claim}" is no claim of the ledger, as F04 is`);
  need(says.trim() !== '', `${claim} does not say what it says`);
  const kind = ratios.find(({ name }) => name === ratio)?.kind;
  need(ratio === undefined || kind !== undefined, `${claim} names no ratio with "${ratio}"`);
  need(ratio !== undefined || units.has(variant ?? ''), `${claim} names neither a ratio nor a variant`);
  need(
    (kind === 'speed-up') === (limits !== undefined),
    `${claim} has ${limits ? 'limits without threads' : 'threads and no limits'}`,
    'limits: the part of what the machine offers that a speed-up should reach, as in [0.85, 1.15].',
  );
  for (const [from, to] of limits ? [holds, limits] : [holds])
    need(from < to, `the range of ${claim} is empty: from ${from} to ${to}`);
}

/** @throws CourseError that says what is wrong with a definition */
export function need(isSo: boolean, otherwise: string, next = 'Mend the demo.'): asserts isSo {
  if (!isSo) throw new CourseError(`This demo cannot be measured: ${otherwise}.`, next);
}
