// Puts together what a learner has measured so far: the demos of the course are loaded, and progress is asked.
import type { Course } from '../course/course.ts';
import type { Progress } from '../progress/progress.ts';
import { type Cost, costsOf } from './costs.ts';
import { loadPlans } from './demo-plans.ts';
import { reportsIn } from './reports.ts';

/** @returns `problems` of demos that cannot be loaded: sentences for their authors */
export async function loadCosts(
  { lessons }: Course,
  progress: Progress,
): Promise<{ readonly costs: readonly Cost[]; readonly problems: readonly string[] }> {
  const { plans, problems } = await loadPlans(lessons.flatMap(({ demos }) => demos));
  return { costs: costsOf(plans, lessons, reportsIn(progress)), problems };
}
