// The fixture lesson of the reader, which takes the place of lesson 11 in the small course, and a walk to it.
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { courseRoot } from '../../runner/course/paths.ts';
import { makeRunnableCourse, type RunnableCourse } from '../harness/course.ts';
import { keys, type Person } from '../harness/pty.ts';
import { startTutor, type TutorWindow } from '../harness/tutor.ts';

export const readerRoot = join(courseRoot, 'test/fixtures/reader');

/** A lesson whose programs are stepped through, beside the others of the small course. */
export const stepperRoot = join(courseRoot, 'test/fixtures/stepper');

/** A lesson whose scenarios are explored. */
export const exploredRoot = join(courseRoot, 'test/fixtures/explored-lesson');

export function courseToRead(root = readerRoot): RunnableCourse {
  const course = makeRunnableCourse();
  cpSync(join(root, 'lessons'), join(course.root, 'lessons'), { recursive: true });
  return course;
}

/** Opens the lesson from the map. */
export async function openLesson(
  course: RunnableCourse,
  window: TutorWindow = {},
  title = '11  Numbers',
): Promise<Person> {
  const person = startTutor(course, window);
  await person.sees(/Enter, .*q quit|A number and Enter/);
  person.press(title.slice(0, 2));
  if (window.env?.TERM !== 'dumb') await person.sees(`> ${title}`);
  person.press(keys.enter);
  await person.sees(/page \d of \d/);
  return person;
}

/** Presses keys one after the other, each when what the one before it brings is seen. */
export async function walk(person: Person, steps: readonly (readonly [key: string, sight: string | RegExp])[]) {
  for (const [key, sight] of steps) {
    person.press(key);
    await person.sees(sight);
  }
}
