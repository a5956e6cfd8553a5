// Where the code of a scenario stands, read off the stack. For messages and for telling one place of a program from
// another; learner code may make it lie.
import type { Place } from '../engine/operation.ts';

const mostFrames = 60;

/** @returns the places of the calls that lead here, innermost first, of files that `isOurs` */
export function placesOnStack(isOurs: (file: string) => boolean): Place[] {
  const { prepareStackTrace, stackTraceLimit } = Error;
  try {
    Error.stackTraceLimit = mostFrames;
    Error.prepareStackTrace = (_, sites) =>
      sites
        .map((site) => ({
          file: site.getFileName() ?? '',
          line: site.getLineNumber() ?? 0,
          column: site.getColumnNumber() ?? 0,
          within: site.getFunctionName() ?? '',
        }))
        .filter(({ file }) => isOurs(file));
    const holder: { stack?: unknown } = {};
    Error.captureStackTrace(holder, placesOnStack);
    return Array.isArray(holder.stack) ? (holder.stack as Place[]) : [];
  } finally {
    Error.prepareStackTrace = prepareStackTrace;
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/** The same of an error that was made some time ago, from the text of its stack. */
export function placesOfError(stack: string, isOurs: (file: string) => boolean): Place[] {
  const places: Place[] = [];
  for (const [, within = '', file = '', line, column] of stack.matchAll(
    /^ {4}at (?:(?:async |new )?(.*?) \()?(.+?):(\d+):(\d+)\)?$/gm,
  )) {
    if (isOurs(file)) places.push({ file, line: Number(line), column: Number(column), within });
  }
  return places;
}
