// From the file that was typed to one that can be read.
import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { CourseError } from '../course/course-error.ts';
import type { Io } from '../terminal/io.ts';

/**
 * @param next what to type instead, as a sentence
 * @returns the file, absolute
 * @throws CourseError when it is a folder, is not there or cannot be read
 */
export function existingFile(typed: string, next: string, { cwd }: Pick<Io, 'cwd'>): string {
  const file = resolve(cwd, typed);
  try {
    if (statSync(file).isDirectory()) throw new CourseError(`${typed} is a folder.`, next);
    readFileSync(file);
  } catch (error) {
    if (error instanceof CourseError) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    throw new CourseError(
      code === 'ENOENT' ? `There is no file ${typed}.` : `${typed} cannot be read (${message}).`,
      next,
    );
  }
  return file;
}
