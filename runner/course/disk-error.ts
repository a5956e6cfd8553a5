// What the file system refuses, said to the learner. It knows nothing of what was being written.
import { CourseError } from './course-error.ts';

const forbidden = new Set(['EACCES', 'EPERM', 'EROFS']);
const full = new Set(['ENOSPC', 'EDQUOT']);
const blocked = new Set([
  'ENOTDIR',
  'EISDIR',
  'EEXIST',
  'ELOOP',
  'ENOENT',
  'EBUSY',
  'EIO',
  'EMFILE',
  'ENAMETOOLONG',
  'EFBIG',
]);

/**
 * Runs something that reads and writes below a folder.
 * @param reassurance a sentence about what did not get lost
 * @throws CourseError (a part of the machine is missing) in place of an error of the file system
 */
export function explainingDisk<Result>(folder: string, reassurance: string, action: () => Result): Result {
  try {
    return action();
  } catch (error) {
    const { code = '', path = folder } = error as NodeJS.ErrnoException;
    if (full.has(code))
      throw new CourseError(
        `The disk is full: ${folder} could not be written. ${reassurance}`,
        'Free some space, then try again.',
        3,
      );
    if (forbidden.has(code))
      throw new CourseError(
        `${path} may not be read or written by you (${code}). ${reassurance}`,
        'Make it yours, or set INTERLEAVE_HOME to a folder where you may write.',
        3,
      );
    if (blocked.has(code))
      throw new CourseError(
        `${path} is not usable (${(error as Error).message}). ${reassurance}`,
        'Look at that path, then try again.',
        3,
      );
    throw error;
  }
}
