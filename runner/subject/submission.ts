// What is judged: the learner's files, read once, so that a run sees one state of them however often the learner
// saves in the meantime. The contents are bytes here; nobody outside of the subject parses them.
import { closeSync, constants, fstatSync, lstatSync, openSync, readdirSync, readSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';
import type { Lab } from '../course/lab.ts';

const maxFileBytes = 1024 * 1024;
const maxFiles = 100;
/** One file at a time, and one byte more than it may have. */
const scratch = Buffer.allocUnsafe(maxFileBytes + 1);

/** Paths relative to the lab's folder, with `/`, and what they hold. */
export type Files = ReadonlyMap<string, Uint8Array>;

export type Submission =
  | {
      readonly kind: 'files';
      readonly files: Files;
      /** where each file was read from, absolute */
      readonly origins: ReadonlyMap<string, string>;
      readonly shownAs: (file: string) => string;
    }
  | { readonly kind: 'unusable'; readonly reason: string };

/** Where files of a submission come from; of several layers, the later ones lie over the earlier ones. */
export type Layer =
  /** all files below a folder, or just the named ones */
  | { readonly folder: string; readonly only?: readonly string[] }
  /** one file, whatever its name, that stands for the lab's first one */
  | { readonly file: string };

/**
 * Reads the files that are to be judged.
 * @param shown what the learner calls the place of the last layer, for messages
 */
export function readSubmission(lab: Lab, layers: readonly Layer[], shown: string): Submission {
  const files = new Map<string, Uint8Array>();
  const origins = new Map<string, string>();
  const take = (name: string, bytes: Uint8Array, origin: string): void => {
    files.set(name, bytes);
    origins.set(name, origin);
  };
  const first = lab.files[0] ?? '';
  try {
    for (const layer of layers) {
      if ('file' in layer) take(first, readCapped(layer.file), layer.file);
      else
        for (const [name, bytes] of readTree(layer.folder))
          if (layer.only?.includes(name) ?? true) take(name, bytes, join(layer.folder, name));
    }
  } catch (error) {
    return {
      kind: 'unusable',
      reason:
        error instanceof Unfit
          ? error.message
          : `${shown} cannot be read (${(error as NodeJS.ErrnoException).code ?? String(error)})`,
    };
  }
  const isFile = layers.some((layer) => 'file' in layer);
  const missing = lab.files.find((name) => !files.has(name));
  if (missing) return { kind: 'unusable', reason: `${isFile ? missing : join(shown, missing)} is not there` };
  return {
    kind: 'files',
    files,
    origins,
    shownAs: (file) => (isFile ? (file === first ? shown : file) : join(shown, file)),
  };
}

/** All regular files below a folder but hidden ones and packages; links are not followed. */
export function readTree(folder: string): Files {
  const files = new Map<string, Uint8Array>();
  const open = [folder];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const name of readdirSync(next).sort()) {
      if (name.startsWith('.') || name === 'node_modules') continue;
      const path = join(next, name);
      const stats = lstatSync(path);
      if (stats.isDirectory()) open.push(path);
      else if (stats.isFile()) files.set(relative(folder, path).split(sep).join('/'), readCapped(path));
      if (files.size > maxFiles) throw new Unfit(`more than ${maxFiles} files`);
    }
  }
  return files;
}

function readCapped(path: string): Uint8Array {
  // Opening a pipe would otherwise wait for somebody to write to it.
  const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    if (!fstatSync(fd).isFile()) throw new Unfit(`${basename(path)} is not a regular file`);
    // Read to the limit, whatever size the file claims to have: it may grow meanwhile.
    let length = 0;
    for (let read = -1; read !== 0 && length < scratch.length; length += read) {
      read = readSync(fd, scratch, length, scratch.length - length, null);
    }
    if (length > maxFileBytes) throw new Unfit(`${basename(path)} is larger than ${maxFileBytes / 1024} KiB`);
    return Uint8Array.from(scratch.subarray(0, length));
  } finally {
    closeSync(fd);
  }
}

/** What a submission may not be, in words. */
class Unfit extends Error {}
