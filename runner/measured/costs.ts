// What things cost on this machine, as the learner has measured it: pure, from the demos that say what they keep and from
// their latest reports.
import type { Lesson } from '../course/lesson.ts';
import type { Pace } from '../timing/budget.ts';
import type { Estimate } from '../timing/statistics.ts';
import type { PlannedDemo } from './demo-plans.ts';
import type { ReportOf } from './reports.ts';

/** One thing that a demo measures. */
export interface Cost {
  /** `a thread, start to end` */
  readonly thing: string;
  /** the demo's id */
  readonly demo: string;
  readonly lesson: Pick<Lesson, 'id' | 'title'>;
  /** null: it was not measured on this machine yet */
  readonly measured: MeasuredCost | null;
}

export interface MeasuredCost extends Estimate {
  /** `ms`, `bytes` or what is counted */
  readonly unit: string;
  /** milliseconds since 1970 */
  readonly at: number;
  readonly pace: Pace;
}

/** In the order of the lessons, and in each as its demos name them; of a thing that several measure, the latest. */
export function costsOf(plans: readonly PlannedDemo[], lessons: readonly Lesson[], reportOf: ReportOf): Cost[] {
  const costs = new Map<string, Cost>();
  for (const cost of allCosts(plans, lessons, reportOf)) {
    const known = costs.get(cost.thing);
    if (!known || (cost.measured?.at ?? 0) > (known.measured?.at ?? 0)) costs.set(cost.thing, cost);
  }
  return [...costs.values()];
}

function allCosts(plans: readonly PlannedDemo[], lessons: readonly Lesson[], reportOf: ReportOf): Cost[] {
  return lessons.flatMap((lesson) =>
    plans
      .filter(({ demo }) => lesson.demos.some(({ id }) => id === demo.id))
      .flatMap(({ demo, plan }) => {
        const dated = reportOf(demo.id);
        return (plan.keeps ?? []).map(({ thing, variant, per }): Cost => {
          const found = dated?.report.variants.find(({ name }) => name === variant);
          const { id, title } = lesson;
          const measured = dated && found ? { ...forOne(found, per), at: dated.at, pace: dated.report.pace } : null;
          return { thing, demo: demo.id, lesson: { id, title }, measured };
        });
      }),
  );
}

/** What one thing costs; memory in one unit, so that it can be compared. */
function forOne({ median, low, high, unit }: Estimate & { unit: string }, per: number): Estimate & { unit: string } {
  const factor = (unit === 'KB' ? 1_000 : 1) / per;
  return { median: median * factor, low: low * factor, high: high * factor, unit: unit === 'KB' ? 'bytes' : unit };
}
