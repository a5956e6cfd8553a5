// Reading the files of the content by their paths from the course's folder down, with `/`. It knows nothing of what is
// in them.
import { globSync, readFileSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';

/** The text of a file with `\n` at its line ends, or undefined when there is none that can be read. */
export function readText(root: string, file: string): string | undefined {
  try {
    return readFileSync(join(root, file), 'utf8').replaceAll('\r\n', '\n');
  } catch {
    return undefined;
  }
}

/** What a path names. */
export function kindOf(root: string, path: string): 'file' | 'folder' | 'nothing' {
  try {
    return statSync(join(root, path)).isDirectory() ? 'folder' : 'file';
  } catch {
    return 'nothing';
  }
}

/** The files that a pattern names, sorted. */
export function filesLike(root: string, pattern: string): string[] {
  return globSync(pattern, { cwd: root, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .map((file) => file.split(sep).join('/'))
    .sort();
}

/** The names of the folders in a folder, sorted; none when it is not there. */
export function foldersIn(root: string, folder: string): string[] {
  return globSync(`${folder}/*`, { cwd: root, withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map((entry) => entry.name)
    .sort();
}

/** The first line that holds a text, counted from 1; undefined when none does. */
export function lineOf(text: string | undefined, part: string): number | undefined {
  const at = text?.indexOf(part) ?? -1;
  return at < 0 ? undefined : text?.slice(0, at).split('\n').length;
}
