// A speed-up curve as its author writes it: the same work, divided into one part, into two, and on to twice as many as
// there are cores. To whoever measures it is a demo with many variants in the same rounds.
import { availableParallelism } from 'node:os';
import { type Check, type ClaimDefinition, type Demo, checkClaims, need } from './demo.ts';
import { type DemoPlan, type PlannedRatio, msUnit } from './plan.ts';

export interface CurveDefinition<Context, Result> {
  /** which work is divided, as a heading */
  readonly title: string;
  /** before anything is measured: starts all that will be needed for so many parts, so that nobody times its start */
  readonly setup: (most: number) => Context | Promise<Context>;
  /** how it is divided, by names of one word (`workers`): each does all of the work, in so many parts at once */
  readonly ways: Readonly<Record<string, (parts: number, context: Context) => Result | Promise<Result>>>;
  /** the result is the same, whatever the parts */
  readonly check: Check<NoInfer<Context>, NoInfer<Result>>;
  /** about the speed-ups `workers-2`, `workers-3`...: those with 2 parts are there on every machine */
  readonly claims?: readonly ClaimDefinition<never, string>[];
  /** also after a failure and after Ctrl-C */
  readonly teardown?: (context: NoInfer<Context>) => void | Promise<void>;
}

/** More would take longer than anybody waits, and much memory. */
const mostParts = 32;
const niceParts = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32];
const mostWays = 3;

/** @throws CourseError that says what is wrong with the definition */
export function makeCurve<Context, Result>(definition: CurveDefinition<Context, Result>): Demo {
  const { title, setup, ways, check, claims = [], teardown } = definition as CurveDefinition<unknown, unknown>;
  const parts = partsFor(availableParallelism());
  const names = Object.keys(ways);
  need(title.trim() !== '', 'it has no title');
  need(names.length > 0 && names.length <= mostWays, `it has ${names.length} ways; there are 1 to ${mostWays}`);
  for (const name of names) need(/^[a-z]+$/.test(name), `the way "${name}" is not named with one small word`);
  const points = Object.entries(ways).flatMap(([way, run]) => parts.map((part) => ({ way, run, part })));
  const sides = points.map(({ way, run, part }) => ({
    name: `${way} ${part}`,
    run: (context: unknown) => run(part, context),
    check,
    count: 1,
    isTimed: true,
    amount: Number,
  }));
  const variants = sides.map(({ name }) => ({ name, unit: msUnit }));
  const ratios = points.flatMap(({ way, part }): PlannedRatio[] =>
    part === 1
      ? []
      : [{ name: speedUpName(way, part), of: `${way} 1`, over: `${way} ${part}`, kind: 'speed-up', threads: part }],
  );
  const all = { variants: variants.map(({ name }) => name), ratios: ratios.map(({ name }) => name) };
  const plan: DemoPlan = {
    title,
    variants,
    ratios,
    series: [{ ...all, isCurve: true }],
    claims,
    curve: { ways: names, parts },
  };
  checkClaims(plan);
  return {
    plan,
    sides: new Map(sides.map((side) => [side.name, side])),
    python: new Map(),
    setup: () => setup(Math.max(...parts)),
    teardown: teardown ?? (() => {}),
  };
}

/** The name of a speed-up among the ratios: `workers-2`. */
export function speedUpName(way: string, parts: number): string {
  return `${way}-${parts}`;
}

/** From 1 to twice the cores; where that is many, fewer and fewer of them. */
export function partsFor(cores: number): number[] {
  const last = Math.min(2 * cores, mostParts);
  const some = last <= 8 ? Array.from({ length: last }, (_, index) => index + 1) : niceParts;
  return [...new Set([...some, cores, last])].filter((parts) => parts <= last).sort((a, b) => a - b);
}
