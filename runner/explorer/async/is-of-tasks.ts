// Which of the two kinds of scenario a file is, without running any of it.
import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { lower } from '../guest/lower.ts';

/** Whether a scenario exports `tasks` and not `threads`; false for what cannot be read or parsed, which its loader says better. */
export function isOfTasks(file: string): boolean {
  try {
    const { exports } = lower(stripTypeScriptTypes(readFileSync(file, 'utf8')));
    return exports.has('tasks') && !exports.has('threads');
  } catch {
    return false;
  }
}
