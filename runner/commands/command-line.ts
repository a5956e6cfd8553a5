// The words after a command's name, read with node:util and refused with a next step. It knows nothing of what they mean.
import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { CourseError } from '../course/course-error.ts';
import type { Command } from './command.ts';

/**
 * Reads options and words.
 * @param words what each word stands for, as the usage names it: `['LAB']`; one that may be left out in brackets
 * @throws CourseError for an unknown option, a word too many or too few
 */
export function parseCommandLine<const Options extends ParseArgsOptionsConfig>(
  command: Pick<Command, 'name' | 'usage'>,
  args: readonly string[],
  { options, words }: { options: Options; words: readonly string[] },
) {
  const next = `Type npx interleave ${command.usage.split('\n', 1)[0]}`;
  const { values, positionals } = parseOrRefuse(
    () => parseArgs({ args: [...args], options, allowPositionals: true }),
    next,
  );
  const surplus = positionals[words.length];
  if (surplus !== undefined) throw new CourseError(`"${command.name}" has no use for "${surplus}".`, next);
  const missing = words[positionals.length];
  if (missing !== undefined && !missing.startsWith('['))
    throw new CourseError(`"${command.name}" needs a ${missing}.`, next);
  return { values, words: positionals };
}

function parseOrRefuse<Result>(parse: () => Result, next: string): Result {
  try {
    return parse();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (!code?.startsWith('ERR_PARSE_ARGS')) throw error;
    // What comes after the first sentence is advice for whoever wrote the program.
    throw new CourseError(message.split('. ', 1)[0]?.replace(/\.?$/, '.') ?? message, next);
  }
}
