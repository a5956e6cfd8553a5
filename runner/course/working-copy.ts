// The learner's working copy of a lab: made, compared, and reset. The rule that everything here keeps: at no moment is
// the only copy of a text that the learner wrote in danger, be it a kill, a loss of power or a full disk. It knows
// nothing of verdicts.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join, normalize } from 'node:path';
import { explainingDisk } from './disk-error.ts';
import {
  copyAll,
  copyInto,
  copyToNewName,
  filesBelow,
  haveSameBytes,
  isFile,
  isTaken,
  moveOver,
  nameFolder,
  removeWithEmptyFolders,
} from './durable-files.ts';
import { type Lab, workingCopyFolder } from './lab.ts';
import { dateForName } from './local-date.ts';
import { workspaceFolder } from './paths.ts';
import { areAsTheCourseHasThem, keepStarter, starterOf } from './starters.ts';

/**
 * Sees to it that each of the learner's files is there. A file that is there already stays as it is.
 * @returns the files that were made, relative to the working copy
 * @throws CourseError when the folder cannot be written or the disk is full
 */
export function makeWorkingCopy(lab: Lab, env: NodeJS.ProcessEnv): string[] {
  const folder = workingCopyFolder(lab, env);
  return explainingDisk(folder, 'What you wrote is untouched.', () => {
    mkdirSync(folder, { recursive: true });
    return withStaging(env, (staging) =>
      lab.files.filter((path) => {
        if (isTaken(join(folder, path))) return false;
        keepStarter(lab, path, env, staging);
        return copyToNewName(join(lab.folder, path), join(folder, path), staging);
      }),
    );
  });
}

/**
 * Those of the lab's files that differ from the starter that they were copied from or are gone; all of them when there is
 * no working copy. What an update of the course has changed since then, the learner has not.
 */
export function changedFiles(lab: Lab, env: NodeJS.ProcessEnv): string[] {
  const folder = workingCopyFolder(lab, env);
  return lab.files.filter((path) => {
    const starters = [starterOf(lab, path, env), join(lab.folder, path)];
    return !starters.some((starter) => haveSameBytes(starter, join(folder, path)));
  });
}

export interface Reset {
  /** where everything that lay in the working copy is now; absent when it was as the course made it */
  readonly backup: string | undefined;
}

/**
 * Puts a dated backup of the whole working copy aside, then makes the working copy pristine again. Files that the
 * learner added are in the backup only. The folder itself stays, for an editor, a shell or a watcher may sit in it.
 * @param now milliseconds since 1970
 * @throws CourseError when the folder cannot be written or the disk is full
 */
export function resetWorkingCopy(lab: Lab, env: NodeJS.ProcessEnv, now: number): Reset {
  const folder = workingCopyFolder(lab, env);
  const { present, added, isTheirs } = contents(lab, env);
  if (!isTheirs) {
    makeWorkingCopy(lab, env);
    return { backup: undefined };
  }
  const backups = join(workspaceFolder(env), '.backup', lab.lesson, lab.folderName);
  const backup = explainingDisk(backups, 'Nothing was changed.', () => backUp(present, folder, backups, now));
  explainingDisk(folder, `Everything that you had is in ${backup}`, () => {
    withStaging(env, (staging) => {
      // First all that takes space, then what only moves names.
      const starters = lab.files.map((path) => ({ path, copy: copyInto(staging, join(lab.folder, path)) }));
      for (const path of added) {
        keepLastSave(join(folder, path), join(backup, path), staging);
        removeWithEmptyFolders(path, folder);
      }
      for (const { path, copy } of starters) {
        keepLastSave(join(folder, path), join(backup, path), staging);
        keepStarter(lab, path, env, staging);
        moveOver(copy, join(folder, path));
      }
    });
  });
  return { backup };
}

/**
 * Whether a reset would put anything into a backup.
 * @throws CourseError when the folder cannot be read
 */
export function holdsWork(lab: Lab, env: NodeJS.ProcessEnv): boolean {
  return contents(lab, env).isTheirs;
}

interface Contents {
  /** every file that is there, relative to the working copy */
  readonly present: readonly string[];
  /** those that the course did not put there */
  readonly added: readonly string[];
  /** something in it was written by the learner */
  readonly isTheirs: boolean;
}

function contents(lab: Lab, env: NodeJS.ProcessEnv): Contents {
  const folder = workingCopyFolder(lab, env);
  const present = explainingDisk(folder, 'Nothing was changed.', () => filesBelow(folder));
  const ours = new Set(lab.files.map((path) => normalize(path)));
  const added = present.filter((path) => !ours.has(path));
  const isTheirs = present.length > 0 && (added.length > 0 || !areAsTheCourseHasThem(lab, env));
  return { present, added, isTheirs };
}

/**
 * Lends a folder for unfinished copies, on the workspace's file system and outside of every working copy, where a
 * watcher would see them. A kill may leave it behind; it never holds the only copy of anything.
 */
function withStaging<Result>(env: NodeJS.ProcessEnv, use: (folder: string) => Result): Result {
  const parent = workspaceFolder(env);
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, '.staging-'));
  try {
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Copies all of it under a temporary name, then gives it the date: a backup that has its date is complete. */
function backUp(paths: readonly string[], folder: string, backups: string, now: number): string {
  mkdirSync(backups, { recursive: true });
  const unfinished = mkdtempSync(join(backups, '.unfinished-'));
  try {
    copyAll(paths, folder, unfinished);
    const date = dateForName(now);
    for (let attempt = 1; ; attempt++) {
      const name = join(backups, attempt === 1 ? date : `${date}-${attempt}`);
      if (nameFolder(unfinished, name)) return name;
    }
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    throw error;
  }
}

/** An editor may have saved since the backup was made: then the newer text goes there, in one step. */
function keepLastSave(file: string, kept: string, staging: string): void {
  if (isFile(file) && !haveSameBytes(file, kept)) moveOver(copyInto(staging, file), kept);
}
