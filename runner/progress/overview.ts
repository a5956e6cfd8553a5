// The course as this learner stands in it: each lesson with its labs and how far they got. `list --json` prints it and
// the map draws it. It knows nothing of either.
import { existsSync } from 'node:fs';
import { type Course, labsOf } from '../course/course.ts';
import { type Lab, labPath, workingCopyFolder } from '../course/lab.ts';
import { changedFiles } from '../course/working-copy.ts';
import type { LabStatus, Progress } from './progress.ts';

export interface LabOverview {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  /** below labs/, with `/` */
  readonly path: string;
  readonly status: LabStatus;
}

export interface LessonOverview {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly minutes: number;
  readonly isWritten: boolean;
  readonly labs: readonly LabOverview[];
  /** ids of demos: `14/lost-updates` */
  readonly demos: readonly string[];
  /** ids of the ledger */
  readonly ledger: readonly string[];
}

export function courseOverview(course: Course, progress: Progress, env: NodeJS.ProcessEnv): LessonOverview[] {
  return course.lessons.map(({ id, name, title, minutes, isWritten, labs, demos, ledger }) => ({
    id,
    name,
    title,
    minutes,
    isWritten,
    labs: labs.map((lab) => ({
      id: lab.id,
      name: lab.name,
      title: lab.title,
      path: labPath(lab),
      status: statusOf(lab, progress, env),
    })),
    demos: demos.map((demo) => demo.id),
    ledger,
  }));
}

/**
 * The lab to go on with: the one that was worked on last, or when that is passed the next one that is not; else one that
 * somebody wrote into and never had judged. Undefined when there is nothing to go on with.
 */
export function labToGoOnWith(course: Course, progress: Progress, env: NodeJS.ProcessEnv): Lab | undefined {
  const labs = labsOf(course);
  const lastId = progress.lastLab();
  const last = labs.findIndex((lab) => lab.id === lastId);
  if (last < 0) return labs.find((lab) => statusOf(lab, progress, env) === 'started');
  return [...labs.slice(last), ...labs.slice(0, last)].find((lab) => progress.status(lab.id) !== 'passed');
}

/** Whoever wrote into the working copy has started, judged or not. */
function statusOf(lab: Lab, progress: Progress, env: NodeJS.ProcessEnv): LabStatus {
  const status = progress.status(lab.id);
  if (status !== 'new' || !existsSync(workingCopyFolder(lab, env))) return status;
  return changedFiles(lab, env).length > 0 ? 'started' : 'new';
}
