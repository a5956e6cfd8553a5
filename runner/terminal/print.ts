// The two forms in which a command speaks: lines for a person, one document for a script.
import { isAbsolute, relative } from 'node:path';
import { escapeLine } from './escape.ts';
import type { Io } from './io.ts';

export function printLines(io: Pick<Io, 'stdout'>, lines: readonly string[]): void {
  io.stdout.write(lines.map((line) => `${line}\n`).join(''));
}

/** The one thing that stands on stdout under `--json`. */
export function printJson(io: Pick<Io, 'stdout'>, document: unknown): void {
  io.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
}

/** A path as short as it can be typed from where the learner is. */
export function shownPath(path: string, io: Pick<Io, 'cwd'>): string {
  const short = relative(io.cwd, path);
  return escapeLine(short === '' || short.startsWith('..') || isAbsolute(short) ? path : short);
}
