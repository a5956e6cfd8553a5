// `drill order`: what is printed, in which order?
import { CourseError } from '../course/course-error.ts';
import type { Drill } from '../drill/drill.ts';
import { type Level, levels } from '../drill/levels.ts';
import type { Io } from '../terminal/io.ts';
import { printJson } from '../terminal/print.ts';
import { parseCommandLine } from './command-line.ts';
import type { Command } from './command.ts';
import { withProgress } from './with-progress.ts';

/** Seeds of drills that nobody has asked for; short enough to be typed. */
const mostSeed = 1_000_000;

export const command: Command = {
  name: 'drill',
  summary: 'what is printed, in which order? Small programs, one after the other, at your level',
  usage: [
    'drill order [--seed S] [--level 1-5] [--json]',
    '',
    'Press the letters of the lines in the order in which the program prints them. Then it is run, and where you went ' +
      'wrong you see why. Only orders that Node guarantees are asked. Three right answers in a row raise the level, two ' +
      'wrong ones in a row lower it.',
    '',
    'Without a terminal it prints one drill and reads one line as the answer, if there is one: echo "b a d c" | npx ' +
      'interleave drill order --seed 7 --level 1. The exit code is 1 for a wrong answer.',
    '',
    '  --seed S    a whole number: begins with this drill; the same seed and level are always the same drill',
    '  --level N   from 1 to 5, instead of yours; your level stays as it is',
    '  --json      asks nothing; {seed, level, format, file, program, lines, shuffled}: lines as they are printed; format ' +
      'is cjs or esm, and file a name that says so to Node',
  ].join('\n'),

  async run(args, io) {
    const { values, words } = parseCommandLine(command, args, {
      options: { seed: { type: 'string' }, level: { type: 'string' }, json: { type: 'boolean' } },
      words: ['kind of drill'],
    });
    if (words[0] !== 'order')
      throw new CourseError(`There is no drill "${words[0]}".`, 'Type npx interleave drill order');
    const level = values.level === undefined ? undefined : levelOf(values.level);
    const seed = values.seed === undefined ? Math.floor(Math.random() * mostSeed) : seedOf(values.seed);
    if (values.json) {
      const { makeDrill } = await import('../drill/drill.ts');
      printJson(io, documentOf(makeDrill(seed, level ?? (await rememberedLevel(io)))));
      return 0;
    }
    return await withProgress(io, async (progress) => {
      if (!io.isTTY) {
        const { drillOnce } = await import('../drill/piped-drill.ts');
        return await drillOnce({ seed, level, io, progress });
      }
      const { drillOn } = await import('../drill/drill-screen.ts');
      return await drillOn({ seed, level, io, progress });
    });
  },
};

function documentOf({ seed, level, format, fileName, source, lines, shuffled }: Drill) {
  return { seed, level, format, file: fileName, program: source.text, lines, shuffled };
}

async function rememberedLevel(io: Io): Promise<Level> {
  const { orderStanding } = await import('../drill/standing.ts');
  return await withProgress(io, (progress) => orderStanding(progress).level);
}

function levelOf(typed: string): Level {
  const level = levels.find((level) => String(level) === typed);
  if (level !== undefined) return level;
  throw new CourseError(
    `--level is a whole number from 1 to ${levels.length}, not "${typed}".`,
    'Type npx interleave drill order --level 2',
  );
}

function seedOf(typed: string): number {
  if (/^\d{1,15}$/.test(typed)) return Number(typed);
  throw new CourseError(
    `--seed is a whole number of at most 15 digits, not "${typed}".`,
    'Type npx interleave drill order --seed 7',
  );
}
