// Which files are to be judged, and what messages call them. It knows nothing of what is in them.
import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { CourseError } from '../course/course-error.ts';
import { type Lab, labPath, workingCopyFolder } from '../course/lab.ts';
import type { Io } from '../terminal/io.ts';
import { shownPath } from '../terminal/print.ts';
import type { JudgeRequest } from './judge-client.ts';

type Standpoint = Pick<Io, 'cwd' | 'env'>;

/** Also one whose files were deleted: that is said, and not the starter judged in their place. */
export function hasWorkingCopy(lab: Lab, env: NodeJS.ProcessEnv): boolean {
  return existsSync(workingCopyFolder(lab, env));
}

export function workingCopyRequest(lab: Lab, io: Standpoint): JudgeRequest {
  const folder = workingCopyFolder(lab, io.env);
  return { lab: labPath(lab), layers: [{ folder }], shown: shownPath(folder, io) };
}

export function starterRequest(lab: Lab, io: Standpoint): JudgeRequest {
  return { lab: labPath(lab), layers: [{ folder: lab.folder, only: lab.files }], shown: shownPath(lab.folder, io) };
}

/**
 * A file stands for the lab's first one, and the others are the starter's; a folder holds all of them.
 * @throws CourseError when nothing is there, or not what a lab needs
 */
export function pathRequest(lab: Lab, typed: string, io: Standpoint): JudgeRequest {
  const path = resolve(io.cwd, typed);
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) {
    throw new CourseError(
      `There is no file or folder "${typed}".`,
      `The path starts in ${io.cwd}; look for a slip in it.`,
    );
  }
  const missing = stats.isDirectory() ? lab.files.find((file) => !existsSync(join(path, file))) : undefined;
  if (missing !== undefined) {
    throw new CourseError(
      `There is no ${missing} in ${typed}.`,
      `A folder is judged when it holds all files of the lab (${lab.files.join(', ')}); a single file, by its own path.`,
    );
  }
  if (!stats.isDirectory() && !stats.isFile())
    throw new CourseError(`${typed} is neither a file nor a folder.`, 'Name a file of TypeScript.');
  const starter = { folder: lab.folder, only: lab.files };
  return {
    lab: labPath(lab),
    layers: stats.isDirectory() ? [{ folder: path }] : [starter, { file: path }],
    shown: shownPath(path, io),
  };
}
