// What a lab's timing is: the same workload with three sets of files, and what was found. Pure but for the reading of
// files; it knows nothing of processes and of how it is shown.
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { type Lab, type TimingPlan, solutionFolder } from '../course/lab.ts';
import type { Layer } from '../subject/submission.ts';
import type { Findings, MeasuredRatio, MeasuredVariant } from './analysis.ts';
import { msUnit } from './plan.ts';
import { halfWidth, medianEstimate, ratioEstimate } from './statistics.ts';

/** What is timed, as data. */
export interface LabTimingRequest {
  /** `11-threads/1-start-and-join` */
  readonly lab: string;
  /** the folder of the labs, when it is not the course's own */
  readonly labsRoot?: string | undefined;
  /** the learner's files */
  readonly layers: readonly Layer[];
  /** what the learner calls the place of the files */
  readonly shown: string;
  /** one round, to see whether all of them do the work; left out: some 3 s */
  readonly once?: boolean;
}

/** The three sides, in the order in which they are shown. */
export const sideNames = ['naive', 'yours', 'the solution'] as const;

export type LabTiming =
  | ({ readonly kind: 'measured'; readonly title: string } & Omit<Findings, 'verdicts'>)
  /** nothing can be compared, for this reason: a whole sentence; may quote learner code */
  | { readonly kind: 'unfinished'; readonly why: string };

/** The layers of the three sides. */
export function sidesOf(lab: Lab, plan: TimingPlan, learner: readonly Layer[]): (readonly Layer[])[] {
  const solution = solutionFolder(lab);
  const reference: Layer = { folder: solution, only: lab.files };
  const naive = join(solution, plan.naive);
  const over: Layer = statSync(naive).isDirectory() ? { folder: naive } : { file: naive };
  return [[reference, over], learner, [reference]];
}

/** @param rounds the milliseconds of each side, one after the other, in each round */
export function labFindings(
  rounds: readonly (readonly number[])[],
  share: number | undefined,
): Omit<Findings, 'verdicts'> {
  const of = (side: number) => rounds.map((round) => round[side] ?? Number.NaN);
  const variants = sideNames.map((name, side): MeasuredVariant => {
    return { name, unit: msUnit, ...medianEstimate(of(side)), runs: rounds.length, repeats: 1 };
  });
  const ratios = [0, 2].map((other): MeasuredRatio => {
    const estimate = ratioEstimate(rounds.map((round) => (round[other] ?? Number.NaN) / (round[1] ?? Number.NaN)));
    const name = sideNames[other] ?? '';
    return {
      name: `${name} / yours`,
      of: name,
      over: sideNames[1],
      // Starting threads and waiting for them varies as other waiting does.
      kind: 'waits',
      unit: msUnit,
      pairs: rounds.length,
      ...estimate,
      halfWidth: halfWidth(estimate),
    };
  });
  return { variants, ratios, othersShare: share };
}
