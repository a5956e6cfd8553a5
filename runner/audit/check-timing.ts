// What a lab's manifest says about its timing: that the files are there, and that the work is done by whoever solves the
// lab and by the naive version. How long it takes is nobody's business here.
import { join } from 'node:path';
import { CourseError } from '../course/course-error.ts';
import { type Lab, labPath } from '../course/lab.ts';
import { timeLab } from '../timing/time-lab.ts';
import { kindOf, lineOf, readText } from './content-files.ts';
import type { Problem } from './problem.ts';
import type { Trial } from './trials.ts';

export function checkTimingFiles(lab: Lab, root: string): Problem[] {
  if (!lab.timing) return [];
  const naive = `solutions/${labPath(lab)}/${lab.timing.naive}`;
  return [
    ...(kindOf(root, naive) === 'nothing' ? [problemIn(lab, root, `there is no ${naive}`)] : []),
    ...(kindOf(root, `labs/${labPath(lab)}/driver.ts`) === 'file'
      ? []
      : [problemIn(lab, root, 'there is no driver.ts with the workload')]),
  ];
}

/**
 * Runs the workload once with the solution and with everything in right/, each time beside the naive version: all must
 * give the same result.
 */
export async function proveTimings(trials: readonly Trial[], root: string): Promise<Map<Lab, Problem[]>> {
  const problems = new Map<Lab, Problem[]>();
  for (const { lab, kind, file, shown, layers } of trials) {
    if ((kind !== 'solution' && kind !== 'right') || !lab.timing || checkTimingFiles(lab, root).length > 0) continue;
    const request = { lab: labPath(lab), labsRoot: join(root, 'labs'), layers, shown, once: true };
    const why = await whyUnfinished(request);
    if (why === undefined) continue;
    const problem = { ...problemIn(lab, root, `with ${file}: ${why}`) };
    problems.set(lab, [...(problems.get(lab) ?? []), problem]);
  }
  return problems;
}

async function whyUnfinished(request: Parameters<typeof timeLab>[0]): Promise<string | undefined> {
  try {
    const timing = await timeLab(request);
    return timing?.kind === 'unfinished' ? timing.why : undefined;
  } catch (error) {
    if (!(error instanceof CourseError)) throw error;
    return error.message;
  }
}

function problemIn(lab: Lab, root: string, message: string): Problem {
  const file = `labs/${labPath(lab)}/lab.json`;
  return { file, line: lineOf(readText(root, file), '"timing"'), message: `"timing": ${message}` };
}
