// The file into which `demo --svg` or `--html` writes its picture: looked at before a minute is spent on measuring.
import { accessSync, constants, existsSync, statSync, writeFileSync } from 'node:fs';
import { dirname, extname, resolve } from 'node:path';
import { CourseError } from '../course/course-error.ts';
import { explainingDisk } from '../course/disk-error.ts';
import type { PictureFormat } from '../timing/picture/picture.ts';

export interface PictureFile {
  readonly format: PictureFormat;
  /** absolute */
  readonly path: string;
}

/** @throws CourseError for a name of another kind, and for a place where nothing can be written */
export function pictureFile(format: PictureFormat, typed: string, cwd: string): PictureFile {
  const path = resolve(cwd, typed);
  if (extname(path).toLowerCase() !== `.${format}`)
    throw new CourseError(
      `--${format} writes a file whose name ends with .${format}, and "${typed}" does not.`,
      `Type for instance --${format} speed-up.${format}`,
    );
  const isThere = existsSync(path);
  if (isThere && statSync(path).isDirectory())
    throw new CourseError(`${path} is a folder.`, 'Name a file in it, or another one.');
  const place = isThere ? path : dirname(path);
  try {
    accessSync(place, constants.W_OK);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new CourseError(`${path} cannot be written (${code}: ${place}).`, 'Name a file in a folder that is yours.');
  }
  return { format, path };
}

/** @throws CourseError when the disk has changed its mind */
export function writePicture({ path }: PictureFile, text: string): void {
  explainingDisk(path, 'What was measured is kept.', () => writeFileSync(path, text));
}
