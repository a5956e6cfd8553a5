// From the name that was typed to the command.
import { CourseError } from '../course/course-error.ts';
import { nearestNames } from '../course/nearest-names.ts';
import type { Command } from './command.ts';
import { commands } from './table.ts';

/** @throws CourseError with the nearest names */
export async function findCommand(name: string): Promise<Command> {
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (load) return (await load()).command;
  const near = nearestNames(name, Object.keys(commands)).map((name) => `"${name}"`);
  const showAll = '"npx interleave help" shows them all.';
  throw new CourseError(
    `There is no command "${name}".`,
    near.length > 0 ? `Did you mean ${near.join(' or ')}? ${showAll}` : showAll,
  );
}
