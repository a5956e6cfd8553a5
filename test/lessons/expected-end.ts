// How a lesson's program must end: well, or with an error where the lesson says so.
import type { SpawnSyncReturns } from 'node:child_process';
import type { Program } from '../../runner/course/lesson-programs.ts';

/** @returns in words what is wrong, or undefined */
export function wrongEnd(
  program: Program,
  { status, signal, stderr, error }: SpawnSyncReturns<string>,
): string | undefined {
  if (error) return `it could not be run to its end: ${error.message}`;
  if (status === null) return `it was ended by ${signal}`;
  if (program.fails) return status === 0 ? 'it is marked as one that fails, and ended well' : undefined;
  return status === 0 ? undefined : `it ended with exit code ${status}:\n${stderr}`;
}
