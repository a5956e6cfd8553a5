// The audit: what the content claims, proved. Formats and links by reading, the claims of starters, solutions and variants
// by judging them, what lessons say of scenarios by exploring them. It returns data; how it is shown is somebody else's business.
import { randomBytes } from 'node:crypto';
import { labPath, type Lab } from '../course/lab.ts';
import type { Standpoint } from '../course/resolve-id.ts';
import { hasProc } from '../subject/proc.ts';
import { checkCourse, type CheckedLab } from './check-course.ts';
import { proveScenarios, scenariosIn } from './check-scenarios.ts';
import { proveTimings } from './check-timing.ts';
import { prove, type Proof } from './prove.ts';
import type { Problem } from './problem.ts';

export interface AuditOptions {
  /** the course's folder, absolute */
  readonly root: string;
  /** one lab, as it was typed; else the whole course */
  readonly lab?: string | undefined;
  readonly standpoint: Standpoint;
  /** how many judges work side by side */
  readonly jobs: number;
  /** how often each proof is repeated */
  readonly repeat: number;
  /** what the suites' random inputs come from; else a new one */
  readonly seed?: string | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

export interface Progress {
  readonly done: number;
  readonly of: number;
}

export interface Suites {
  /** variants in wrong/, and how many of them were caught as they say */
  readonly wrong: number;
  readonly caught: number;
  /** variants in right/, and how many of them passed */
  readonly right: number;
  readonly accepted: number;
}

export interface LabReport extends Suites {
  readonly id: string;
  /** `14-race-conditions/1-lost-updates` */
  readonly path: string;
  readonly problems: readonly Problem[];
  /** proofs that this machine cannot give: they look at the program through /proc */
  readonly notProvedHere: number;
}

export interface AuditReport {
  readonly labs: readonly LabReport[];
  /** what is wrong outside of any lab; only when the whole course was audited */
  readonly problems: readonly Problem[];
  readonly suites: Suites;
  readonly seed: string;
  readonly repeat: number;
  readonly ms: number;
}

/**
 * Proves the whole course, or one lab.
 * @throws CourseError when nothing is known by that id, or the machine lacks something
 */
export async function auditCourse(options: AuditOptions): Promise<AuditReport> {
  const start = performance.now();
  const { root, repeat, seed = randomBytes(4).toString('hex') } = options;
  const checked = checkCourse(root, options.lab, options.standpoint);
  const trials = checked.labs.flatMap(({ trials }) => trials.filter(({ lab }) => canJudge(lab)));
  // What comes of a scenario is the same each time.
  const scenarios = options.lab === undefined ? scenariosIn(root) : [];
  const of = trials.length * repeat + scenarios.length;
  options.onProgress?.({ done: 0, of });
  const proofs = await prove(trials, {
    ...options,
    seed,
    onProgress: (done) => options.onProgress?.({ done: done * repeat, of }),
  });
  let done = trials.length * repeat;
  const onProgress = (): void => options.onProgress?.({ done: ++done, of });
  const ofScenarios = await proveScenarios(scenarios, { root, jobs: options.jobs, onProgress });
  const timings = await proveTimings(trials, root);
  const labs = checked.labs.map((lab) =>
    reportOf(
      lab,
      proofs.filter(({ trial }) => labPath(trial.lab) === lab.folder.path),
      lab.folder.lab ? (timings.get(lab.folder.lab) ?? []) : [],
    ),
  );
  return {
    labs,
    problems: [...checked.problems, ...ofScenarios],
    suites: {
      wrong: sum(labs, 'wrong'),
      caught: sum(labs, 'caught'),
      right: sum(labs, 'right'),
      accepted: sum(labs, 'accepted'),
    },
    seed,
    repeat,
    ms: Math.round(performance.now() - start),
  };
}

export function isClean({ labs, problems }: AuditReport): boolean {
  return problems.length === 0 && labs.every((lab) => lab.problems.length === 0);
}

function canJudge(lab: Lab): boolean {
  return hasProc || !lab.needs.includes('linux');
}

function reportOf(
  { folder, trials, wrong, right, problems }: CheckedLab,
  proofs: readonly Proof[],
  timings: readonly Problem[],
): LabReport {
  const asTheySay = proofs.filter(({ outcome }) => outcome === 'as-it-says').map(({ trial }) => trial.kind);
  return {
    id: folder.id,
    path: folder.path,
    wrong,
    caught: asTheySay.filter((kind) => kind === 'wrong').length,
    right,
    accepted: asTheySay.filter((kind) => kind === 'right').length,
    problems: [...problems, ...proofs.flatMap(({ problem }) => problem ?? []), ...timings],
    notProvedHere: trials.length - proofs.length + proofs.filter(({ outcome }) => outcome === 'not-proved-here').length,
  };
}

function sum(labs: readonly LabReport[], field: keyof Suites): number {
  return labs.reduce((total, lab) => total + lab[field], 0);
}
