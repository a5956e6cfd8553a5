// A lab as data: its manifest (lab.json) and the files around it. It knows nothing of how a lab is judged.
import { readFileSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { CourseError } from './course-error.ts';
import { labsFolder, workspaceFolder } from './paths.ts';

/** What a run of the learner's code may use. Times are milliseconds of fair time (subject/fair-clock.ts). */
export interface Limits {
  /** for each test, from its start to its end */
  readonly testMs: number;
  /** for the import of the learner's module */
  readonly loadMs: number;
  /** resident memory of the subject and all its descendants, in MiB */
  readonly memoryMiB: number;
  /** what the learner's code may print before it is stopped, in KiB */
  readonly outputKiB: number;
}

export const defaultLimits: Limits = { testMs: 2_000, loadMs: 2_000, memoryMiB: 512, outputKiB: 1_024 };

/** What is measured after a pass: a workload with the learner's files, with a naive version and with the solution. */
export interface TimingPlan {
  /** what is compared, as a heading */
  readonly title: string;
  /** an export of driver.ts: from a random number to a result that depends on all of the work */
  readonly workload: string;
  /** below the solution's folder: a file that stands for the lab's first one, or a folder to lay over the solution's */
  readonly naive: string;
}

export interface Lab {
  /** `11.1` */
  readonly id: string;
  /** `1-start-and-join` */
  readonly folderName: string;
  /** `start-and-join` */
  readonly name: string;
  /** `11-threads` */
  readonly lesson: string;
  readonly title: string;
  /** the pristine lab, absolute */
  readonly folder: string;
  /** the learner's files, relative to the lab's folder; the first is the one whose exports are judged */
  readonly files: readonly string[];
  readonly limits: Limits;
  /** points for each test, by the test's name; the suite must have exactly these tests */
  readonly tests: Readonly<Record<string, number>>;
  /** what the suite needs of the machine beyond Node, e.g. `linux` */
  readonly needs: readonly string[];
  readonly timing: TimingPlan | undefined;
}

/** `11-threads/1-start-and-join`, with `/` on every platform. */
export function labPath(lab: Lab): string {
  return `${lab.lesson}/${lab.folderName}`;
}

/** Where the learner's files of a lab lie; it is there once the lab was begun. */
export function workingCopyFolder(lab: Lab, env?: NodeJS.ProcessEnv): string {
  return join(workspaceFolder(env), lab.lesson, lab.folderName);
}

/** Beside the labs that this one was read from: `labs/L/N` has its solution in `solutions/L/N`. */
export function solutionFolder(lab: Lab): string {
  return join(lab.folder, '../../../solutions', lab.lesson, lab.folderName);
}

export function suiteFile(lab: Lab): string {
  return join(lab.folder, 'lab.test.ts');
}

/** Files of the lab's folder that are about the lab and never go where learner code runs. */
const aboutTheLab = new Set(['lab.test.ts', 'lab.json', 'README.md', 'hints.md']);

/** The author's files that lie beside the learner's when they run (driver, threads, data), relative to the lab's folder. */
export function supportFiles(lab: Lab): string[] {
  return readdirSync(lab.folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(lab.folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => !aboutTheLab.has(path) && !lab.files.includes(path))
    .sort();
}

/**
 * Reads and checks the manifest of one lab.
 * @param path `11-threads/1-start-and-join`
 * @throws CourseError that names the file and the field
 */
export function loadLab(path: string, root: string = labsFolder): Lab {
  const [lesson = '', folderName = ''] = path.split('/');
  const folder = join(root, lesson, folderName);
  const file = join(folder, 'lab.json');
  const numbers = /^(\d\d)-[a-z0-9-]+\/(\d)-([a-z0-9-]+)$/.exec(path);
  if (!numbers) throw new CourseError(`labs/${path}: a lab's folder is named NN-lesson/N-name`, 'Rename the folder.');
  const manifest = readManifest(file);
  return {
    id: `${numbers[1]}.${numbers[2]}`,
    folderName,
    name: numbers[3] ?? '',
    lesson,
    folder,
    title: manifest.title,
    files: manifest.files,
    limits: { ...defaultLimits, ...manifest.limits },
    tests: manifest.tests,
    needs: manifest.needs ?? [],
    timing: manifest.timing,
  };
}

interface Manifest {
  title: string;
  files: string[];
  tests: Record<string, number>;
  limits?: Partial<Limits>;
  needs?: string[];
  timing?: TimingPlan;
}

function readManifest(file: string): Manifest {
  let manifest: unknown;
  try {
    manifest = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new CourseError(
      `${file}: ${(error as Error).message}`,
      'A lab needs a lab.json; CONTRIBUTING.md describes it.',
    );
  }
  const problem = manifestProblem(manifest);
  if (problem) throw new CourseError(`${file}: ${problem}`, 'CONTRIBUTING.md describes lab.json.');
  return manifest as Manifest;
}

function manifestProblem(manifest: unknown): string | undefined {
  if (typeof manifest !== 'object' || manifest === null || Array.isArray(manifest)) return 'is not an object';
  const known = new Set(['title', 'files', 'tests', 'limits', 'needs', 'timing']);
  const { title, files, tests, limits, needs, timing, ...rest } = manifest as Record<string, unknown>;
  const unknown = Object.keys(rest)[0];
  if (unknown) return `does not know "${unknown}" (known: ${[...known].join(', ')})`;
  if (typeof title !== 'string' || title === '') return '"title" is missing';
  if (!isListOfPaths(files) || files.length === 0)
    return '"files" must list the learner\'s files, relative and inside the folder';
  if (
    !isRecordOf(tests, (points) => Number.isInteger(points) && (points as number) > 0) ||
    Object.keys(tests).length === 0
  )
    return '"tests" must give each test of the suite its points (a whole number above 0)';
  if (
    limits !== undefined &&
    !isRecordOf(limits, (value, name) => name in defaultLimits && typeof value === 'number' && value > 0)
  )
    return `"limits" may set ${Object.keys(defaultLimits).join(', ')}, each a number above 0`;
  if (needs !== undefined && !(Array.isArray(needs) && needs.every((need) => need === 'linux')))
    return '"needs" may list "linux"';
  if (timing !== undefined && !isTimingPlan(timing))
    return '"timing" must have a "title", the "workload" (an export of driver.ts) and a "naive" version below the solution\'s folder';
  return undefined;
}

function isTimingPlan(value: unknown): value is TimingPlan {
  if (!isRecordOf(value, (item, name) => typeof item === 'string' && ['title', 'workload', 'naive'].includes(name)))
    return false;
  const { title, workload, naive } = value;
  return typeof title === 'string' && title !== '' && /^[a-zA-Z]\w*$/.test(String(workload)) && isPath(naive);
}

function isListOfPaths(value: unknown): value is string[] {
  return Array.isArray(value) && value.every(isPath);
}

/** Relative, and nowhere outside. */
function isPath(path: unknown): path is string {
  return typeof path === 'string' && /^(?!\.)[\w-][\w./-]*$/.test(path) && !path.includes('..');
}

function isRecordOf(
  value: unknown,
  isGood: (value: unknown, name: string) => boolean,
): value is Record<string, unknown> {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.entries(value).every(([name, item]) => isGood(item, name))
  );
}
