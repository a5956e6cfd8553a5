// The whole course as data, found by looking at its folders: there is no list to keep. It knows nothing of the learner.
import { type Dirent, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { CourseError } from './course-error.ts';
import type { Lab } from './lab.ts';
import { type Lesson, loadLesson } from './lesson.ts';
import { courseRoot } from './paths.ts';

export interface Course {
  /** the course's folder, absolute */
  readonly root: string;
  /** in order of their numbers */
  readonly lessons: readonly Lesson[];
}

/**
 * Reads every lesson and every lab's manifest.
 * @param root the course's folder: it holds lessons/ and labs/
 * @throws CourseError for the first thing that is not as it should be
 */
export function loadCourse(root: string = courseRoot): Course {
  const lessons = foldersIn(root, 'lessons').map((name) => loadLesson(name, root));
  for (const [index, lesson] of lessons.entries()) {
    const before = lessons[index - 1];
    if (before?.id === lesson.id)
      throw new CourseError(
        `lessons/: ${before.folderName} and ${lesson.folderName} have the same number`,
        'Give one of the two folders another number.',
      );
  }
  for (const name of foldersIn(root, 'labs')) {
    if (!lessons.some((lesson) => lesson.folderName === name))
      throw new CourseError(
        `labs/${name} belongs to no lesson`,
        `Name it as its lesson is named, or add lessons/${name}.`,
      );
  }
  return { root, lessons };
}

/** Every lab, in the order of the course. */
export function labsOf(course: Course): Lab[] {
  return course.lessons.flatMap((lesson) => lesson.labs);
}

/** The lesson that a lab of this course belongs to. */
export function lessonOf(course: Course, lab: Lab): Lesson {
  const lesson = course.lessons.find((lesson) => lesson.folderName === lab.lesson);
  if (!lesson) throw new Error(`labs/${lab.lesson}/${lab.folderName} belongs to no lesson of this course`);
  return lesson;
}

function foldersIn(root: string, name: string): string[] {
  let entries: Dirent[];
  try {
    entries = readdirSync(join(root, name), { withFileTypes: true });
  } catch (error) {
    throw new CourseError(
      `${join(root, name)} cannot be read (${(error as NodeJS.ErrnoException).code}).`,
      'It is a part of the course: get a whole copy of it again.',
    );
  }
  return entries
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map((entry) => entry.name)
    .sort();
}
