// `help [COMMAND]`, and what `--help` and `--version` print.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CourseError } from '../course/course-error.ts';
import { labsOf, loadCourse } from '../course/course.ts';
import type { Lab } from '../course/lab.ts';
import { courseRoot } from '../course/paths.ts';
import { labLabel } from '../course/resolve-id.ts';
import type { Io } from '../terminal/io.ts';
import { printLines } from '../terminal/print.ts';
import { readableColumns, wrap } from '../terminal/wrap.ts';
import { parseCommandLine } from './command-line.ts';
import type { Command } from './command.ts';
import { findCommand } from './find-command.ts';
import { commands } from './table.ts';

export const command: Command = {
  name: 'help',
  summary: 'what the commands do',
  usage: 'help [COMMAND]',

  async run(args, io) {
    const { words } = parseCommandLine(command, args, { options: {}, words: ['[COMMAND]'] });
    const [name] = words;
    if (name === undefined) await printHelp(io);
    else printUsage(await findCommand(name), io);
    return 0;
  },
};

export function printUsage({ summary, usage }: Command, io: Io): void {
  const [typed = '', ...details] = usage.split('\n');
  const lines = [`Usage: npx interleave ${typed}`, '', `${summary[0]?.toUpperCase()}${summary.slice(1)}.`, ...details];
  printLines(
    io,
    lines.flatMap((line) => fit(line, io.columns)),
  );
}

/** The course's version and that of the Node on which it runs. */
export function printVersion(io: Io): void {
  const { version } = JSON.parse(readFileSync(join(courseRoot, 'package.json'), 'utf8')) as { version: string };
  printLines(io, [`${version} (Node ${process.versions.node})`]);
}

export async function printHelp(io: Io): Promise<void> {
  const all = await Promise.all(Object.keys(commands).map(findCommand));
  const width = Math.max(...all.map(({ name }) => name.length));
  const lines = [
    'Interleave: concurrency and parallelism in TypeScript, learned at the terminal.',
    '',
    '  npm start                the tutor: lessons, labs, a verdict at each save',
    '  npx interleave COMMAND   one thing at a time:',
    '',
    ...all.map(({ name, summary }) => `  ${name.padEnd(width)}   ${summary}`),
    '',
    `${namesText()} "npx interleave help COMMAND" says more about a command.`,
    '',
    'Exit codes: 0 all well; 1 your code fell short; 2 wrong usage or wrong content; 3 a part of the machine is missing, ' +
      'or a bug in Interleave.',
  ];
  printLines(
    io,
    lines.flatMap((line) => fit(line, io.columns)),
  );
}

/** How lessons and labs are named, with names that there are. */
function namesText(): string {
  const lab = firstLab();
  if (!lab) return 'A lesson and a lab are named by their number, their name, or both.';
  const [number, lesson] = [lab.lesson.slice(0, 2), lab.lesson.slice(3)];
  return (
    `A lesson is named ${number}, ${lesson} or ${lab.lesson}; a lab ${lab.id}, ${lab.name}, ${labLabel(lab)} or by its ` +
    'path.'
  );
}

function firstLab(): Lab | undefined {
  try {
    return labsOf(loadCourse())[0];
  } catch (error) {
    // Whatever is wrong with the content, help is there.
    if (error instanceof CourseError) return undefined;
    throw error;
  }
}

/** Wraps a line; what is explained stays in a column of its own, as `  --json   ` does. */
function fit(line: string, columns: number): string[] {
  const first = /^ +\S.*? {2,}/.exec(line)?.[0] ?? '';
  return wrap(line.slice(first.length), Math.min(columns, readableColumns), { first, rest: ' '.repeat(first.length) });
}
