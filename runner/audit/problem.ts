// A mistake in the content, for whoever wrote it: where it stands and what is wrong. It knows nothing of who found it.
import { sep } from 'node:path';
import type { CourseError } from '../course/course-error.ts';

export interface Problem {
  /** from the course's folder down, with `/` */
  readonly file: string;
  /** counted from 1; absent when no line is to blame */
  readonly line?: number | undefined;
  readonly message: string;
}

/** `labs/11-threads/1-start-and-join/README.md:12: ...`: editors and terminals open such a place. */
export function problemText({ file, line, message }: Problem): string {
  return `${file}${line === undefined ? '' : `:${line}`}: ${message}`;
}

/**
 * What a loader says by throwing, as a problem.
 * @param root the course's folder, which messages may name in full
 * @param fallback the file to name when the message begins with none
 */
export function problemOfError(error: CourseError, root: string, fallback: string): Problem {
  const text = error.message.replaceAll(root + sep, '');
  const [, file, line, message] = /^([\w-]+\/[^\s:]*)(?::(\d+))?:?\s+([^]*)$/.exec(text) ?? [];
  if (file === undefined || message === undefined) return { file: fallback, message: text };
  return { file: file.split(sep).join('/'), line: line === undefined ? undefined : Number(line), message };
}
