// What a command is. A new one is a file that exports `command`, and a line in table.ts.
import type { Io } from '../terminal/io.ts';

export interface Command {
  /** what is typed after `npx interleave` */
  readonly name: string;
  /** what it does: one line, no full stop, for the list of commands */
  readonly summary: string;
  /**
   * The line to type, without `npx interleave`; then, after an empty line, what one must know. A line for each paragraph
   * and each option (`  --json   what it does`): `help` fits them to the terminal.
   */
  readonly usage: string;
  /**
   * Does it. What takes long to import is imported in here: `help` loads every command for its summary.
   * @param args what was typed after the name
   * @returns the exit code: 0 all well, 1 the learner's code fell short (`audit`: the content did)
   * @throws CourseError for wrong usage or content (exit code 2) and for a part of the machine that is missing (3)
   */
  run(args: readonly string[], io: Io): Promise<number>;
}
