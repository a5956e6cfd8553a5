// From what somebody typed to the demo that they meant.
import { resolve } from 'node:path';
import { CourseError } from '../course/course-error.ts';
import type { Course } from '../course/course.ts';
import type { Demo, Lesson } from '../course/lesson.ts';
import { nearestNames } from '../course/nearest-names.ts';

const mostNear = 3;

/**
 * Finds a demo by `14/lost-updates`, `race-conditions/lost-updates`, `14-race-conditions/lost-updates`, `lost-updates`
 * or the path of its file.
 * @throws CourseError with the nearest ids, or with the candidates when the name stands for several demos
 */
export function resolveDemo(course: Course, typed: string, cwd: string): Demo {
  const all = course.lessons.flatMap((lesson) => lesson.demos.map((demo) => ({ demo, names: namesOf(lesson, demo) })));
  // `4/late-timer` is 04/late-timer.
  const input = typed.trim().replace(/^\d\//, '0$&');
  const path = resolve(cwd, typed.trim());
  const found = all.filter(({ demo, names }) => names.includes(input) || demo.file === path).map(({ demo }) => demo);
  const [first, second] = found;
  if (first && !second) return first;
  if (first) throw new CourseError(`"${typed}" is the name of several demos: ${idsOf(found)}.`, 'Type one of these.');
  refuseLesson(course, typed.trim());
  // A demo has several names: one that is near by all of them must not crowd out the next.
  const names = nearestNames(
    input,
    all.flatMap(({ names }) => names),
    mostNear * 4,
  );
  const near = names.flatMap((name) => all.filter((one) => one.names.includes(name)).map(({ demo }) => demo.id));
  const suggested = [...new Set(near)].slice(0, mostNear);
  throw new CourseError(
    `There is no demo "${typed}".`,
    suggested.length > 0 ? `Did you mean ${suggested.join(' or ')}?` : nextWithout(course),
  );
}

/** What to type when no demo was named. */
export function nextWithout(course: Course): string {
  const all = course.lessons.flatMap(({ demos }) => demos);
  return all.length === 0 ? 'No lesson has a demo yet.' : `The demos are: ${idsOf(all)}.`;
}

/** The commonest slip is the number of a lesson. */
function refuseLesson(course: Course, typed: string): void {
  const lesson = course.lessons.find(({ id, name, folderName }) => [id, name, folderName].includes(typed));
  if (!lesson) return;
  throw new CourseError(
    `"${typed}" is a lesson, not a demo.`,
    lesson.demos.length > 0
      ? `Type one of its demos: ${idsOf(lesson.demos)}.`
      : `It has no demos. ${nextWithout(course)}`,
  );
}

function namesOf({ name, folderName }: Lesson, demo: Demo): string[] {
  return [demo.id, `${name}/${demo.name}`, `${folderName}/${demo.name}`, demo.name];
}

function idsOf(demos: readonly Demo[]): string {
  return demos.map(({ id }) => id).join(', ');
}
