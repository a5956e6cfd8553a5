// Copies of files that are whole or not there at all, and that survive a loss of power once a call has returned. It
// knows nothing of labs.
import {
  type Stats,
  chmodSync,
  closeSync,
  constants,
  copyFileSync,
  fsyncSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  rmdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';

/** Whether anything has that name: a file, a folder, a link that leads nowhere. */
export function isTaken(path: string): boolean {
  return look(path) !== undefined;
}

/** Whether it is a file itself; a link to one is none. */
export function isFile(path: string): boolean {
  return look(path)?.isFile() === true;
}

/** Whether two files have the same bytes; false when one of them is no file or may not be read. */
export function haveSameBytes(a: string, b: string): boolean {
  if (!isFile(a) || !isFile(b) || statSync(a).size !== statSync(b).size) return false;
  try {
    return readFileSync(a).equals(readFileSync(b));
  } catch (error) {
    if (['EACCES', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) return false;
    throw error;
  }
}

/** Every file and link below a folder, relative to it; none when the folder is not there. Links are not followed. */
export function filesBelow(folder: string): string[] {
  if (!isTaken(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() || entry.isSymbolicLink())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}

/**
 * Copies a file to a name that is not taken yet. What a kill leaves behind is the whole copy or nothing.
 * @param staging a folder on the same file system that nobody else uses; the unfinished copy is left in it
 * @returns false when the name was taken: nothing was written
 */
export function copyToNewName(source: string, target: string, staging: string): boolean {
  if (isTaken(target)) return false;
  mkdirSync(dirname(target), { recursive: true });
  return giveNewName(copyInto(staging, source), target);
}

/**
 * Writes a text under a name. What a kill leaves there is all of it or what was there before; beside it, it may leave an
 * unfinished one.
 * @returns false when the name was taken and may not be replaced: nothing was written
 */
export function writeWhole(path: string, text: string, mayReplace: boolean): boolean {
  const unfinished = `${path}.unfinished-${process.pid}`;
  try {
    writeFileSync(unfinished, text, { flush: true });
    if (!mayReplace) return giveNewName(unfinished, path);
    moveOver(unfinished, path);
    return true;
  } finally {
    rmSync(unfinished, { force: true });
  }
}

/** Gives a finished file one more name, unless that is taken. */
function giveNewName(finished: string, target: string): boolean {
  try {
    // Unlike a rename, a link never replaces what somebody else has put there meanwhile.
    linkSync(finished, target);
    syncFolder(dirname(target));
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return false;
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EXDEV'].includes(code ?? '')) throw error;
    return copyWithoutLinks(finished, target);
  }
}

/** For file systems without hard links (exFAT, some network shares): exclusive, but a kill can leave a part. */
function copyWithoutLinks(source: string, target: string): boolean {
  try {
    copyFile(source, target);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    rmSync(target, { force: true });
    throw error;
  }
}

let copies = 0;

/** Copies a file into a folder that nobody else uses, under a name of its own, and returns its path. */
export function copyInto(folder: string, source: string): string {
  const copy = join(folder, String(copies++));
  copyFile(source, copy);
  return copy;
}

/** Copies files and links, each to the same relative path below another folder, where nothing is yet. */
export function copyAll(paths: readonly string[], from: string, to: string): void {
  for (const path of paths) {
    const [source, target] = [join(from, path), join(to, path)];
    mkdirSync(dirname(target), { recursive: true });
    if (lstatSync(source).isSymbolicLink()) symlinkSync(readlinkSync(source), target);
    else copyFile(source, target);
    syncFolder(dirname(target));
  }
}

/** Puts a finished copy in the place of a file (or of nothing) in one step. */
export function moveOver(finished: string, target: string): void {
  mkdirSync(dirname(target), { recursive: true });
  renameSync(finished, target);
  syncFolder(dirname(target));
}

/** Removes a file, and the folders between it and `top` that have nothing left in them. */
export function removeWithEmptyFolders(path: string, top: string): void {
  rmSync(join(top, path), { force: true });
  for (let folder = dirname(path); folder !== '.'; folder = dirname(folder)) {
    if (readdirSync(join(top, folder)).length > 0) return;
    rmdirSync(join(top, folder));
  }
}

/**
 * Gives a folder its final name, which must not be taken; a kill leaves it under the old name or under the new one.
 * @returns false when the name was taken
 */
export function nameFolder(folder: string, name: string): boolean {
  if (isTaken(name)) return false;
  try {
    renameSync(folder, name);
  } catch (error) {
    // Somebody else was faster: a rename replaces an empty folder at most, and a backup has files in it.
    if (['ENOTEMPTY', 'EEXIST', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '') && isTaken(name))
      return false;
    throw error;
  }
  syncFolder(dirname(name));
  return true;
}

function look(path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch (error) {
    // A file stands where the path needs a folder.
    if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') return undefined;
    throw error;
  }
}

function copyFile(source: string, target: string): void {
  copyFileSync(source, target, constants.COPYFILE_EXCL);
  // A course that lies in a read-only place must not make the learner's files read-only.
  chmodSync(target, statSync(source).mode | 0o200);
  syncFile(target);
}

/** Makes what was written to a file survive a loss of power. */
export function syncFile(path: string): void {
  const descriptor = openSync(path, 'r+');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Makes new names in a folder survive a loss of power, where the system can do that (Windows cannot open a folder). */
function syncFolder(path: string): void {
  if (process.platform === 'win32') return;
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
