// From what somebody typed to the lesson or the lab that they meant. It knows the spellings of an id and nothing of
// what is done with the result.
import { existsSync, realpathSync } from 'node:fs';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { CourseError } from './course-error.ts';
import { type Course, labsOf } from './course.ts';
import { type Lab, labPath } from './lab.ts';
import type { Lesson } from './lesson.ts';
import { nearestNames } from './nearest-names.ts';
import { workspaceFolder } from './paths.ts';

/** Where a path that was typed starts, and whose workspace it may point into. */
export interface Standpoint {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}

const listAll = '"npx interleave list" shows them all.';

/** `14.1-lost-updates`: the spelling that messages use. */
export function labLabel(lab: Lab): string {
  return `${lab.id}-${lab.name}`;
}

/**
 * Finds a lesson by `14`, `race-conditions` or `14-race-conditions` (and `4` for `04`).
 * @throws CourseError with the nearest names
 */
export function resolveLesson(course: Course, typed: string): Lesson {
  const input = withTwoDigits(withoutSlash(typed.trim()));
  const found = course.lessons.filter((lesson) => namesOfLesson(lesson).includes(input));
  const labels = (lessons: readonly Lesson[]) => lessons.map((lesson) => lesson.folderName);
  return theOnly(found, typed, 'lesson', labels, () => {
    const near = nearestNames(input, course.lessons.flatMap(namesOfLesson));
    return labels(course.lessons.filter((lesson) => namesOfLesson(lesson).some((name) => near.includes(name))));
  });
}

/**
 * Finds a lab by `14.1`, `14.1-lost-updates`, `lost-updates`, its path with or without `labs/`, or by the path of
 * something that lies in it, in its solution or in its working copy.
 * @throws CourseError with the nearest names, or with the candidates when the name stands for several labs
 */
export function resolveLab(
  course: Course,
  typed: string,
  standpoint: Standpoint = { cwd: process.cwd(), env: process.env },
): Lab {
  const labs = labsOf(course);
  const input = withTwoDigits(withoutSlash(typed.trim()).replace(/^(?:\.\/)?(?:labs|solutions|workspace)\//, ''));
  const named = labs.filter((lab) => namesOfLab(lab).includes(input));
  const path = named.length > 0 ? undefined : pathInCourse(course, typed, standpoint);
  const found = named.length > 0 ? named : labs.filter((lab) => labPath(lab) === path);
  if (found.length === 0) refuseLesson(course, input, typed);
  const labels = (labs: readonly Lab[]) => labs.map(labLabel);
  return theOnly(found, typed, 'lab', labels, () => {
    const near = nearestNames(input, labs.flatMap(namesOfLab));
    return labels(labs.filter((lab) => namesOfLab(lab).some((name) => near.includes(name))));
  });
}

function namesOfLesson(lesson: Lesson): string[] {
  return [lesson.id, lesson.name, lesson.folderName];
}

function namesOfLab(lab: Lab): string[] {
  return [lab.id, labLabel(lab), lab.name, labPath(lab)];
}

function withoutSlash(path: string): string {
  return path.replace(/[\\/]+$/, '');
}

/** `4` and `4.1` as `04` and `04.1`. */
function withTwoDigits(input: string): string {
  return /^\d(?:$|[.-])/.test(input) ? `0${input}` : input;
}

function theOnly<Item>(
  found: readonly Item[],
  typed: string,
  what: 'lesson' | 'lab',
  labels: (items: readonly Item[]) => string[],
  findNear: () => string[],
): Item {
  const [first, second] = found;
  if (first !== undefined && second === undefined) return first;
  if (first !== undefined)
    throw new CourseError(
      `"${typed}" is the name of several ${what}s: ${labels(found).join(', ')}.`,
      'Type one of these.',
    );
  const near = findNear();
  throw new CourseError(
    `There is no ${what} "${typed}".`,
    near.length > 0 ? `Did you mean ${near.join(' or ')}? ${listAll}` : listAll,
  );
}

/** The commonest slip is the number of a lesson where a lab is wanted. */
function refuseLesson(course: Course, input: string, typed: string): void {
  const lesson = course.lessons.find((lesson) => namesOfLesson(lesson).includes(input));
  if (!lesson) return;
  throw new CourseError(
    `"${typed}" is a lesson, not a lab.`,
    lesson.labs.length > 0
      ? `Type one of its labs: ${lesson.labs.map(labLabel).join(', ')}.`
      : `It has no labs yet. ${listAll}`,
  );
}

/** `14-race-conditions/1-lost-updates` for a path that exists inside of a lab's folder, its solution or its working copy. */
function pathInCourse(course: Course, typed: string, { cwd, env }: Standpoint): string | undefined {
  const path = resolve(cwd, typed);
  if (!existsSync(path)) return undefined;
  const bases = [join(course.root, 'labs'), join(course.root, 'solutions'), workspaceFolder(env)];
  for (const base of bases.filter((base) => existsSync(base))) {
    const inside = relative(realpathSync(base), realpathSync(path));
    if (inside === '' || inside.startsWith('..') || isAbsolute(inside)) continue;
    return inside.split(sep).slice(0, 2).join('/');
  }
  return undefined;
}
