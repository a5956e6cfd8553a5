// `help [COMMAND]`, and what `--help` prints.
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
    'A lesson is named 14, race-conditions or 14-race-conditions; a lab 14.1, lost-updates, 14.1-lost-updates or by its ' +
      'path. "npx interleave help COMMAND" says more about a command.',
    '',
    'Exit codes: 0 all well; 1 your code fell short; 2 wrong usage or wrong content; 3 a part of the machine is missing, ' +
      'or a bug in Interleave.',
  ];
  printLines(
    io,
    lines.flatMap((line) => fit(line, io.columns)),
  );
}

/** Wraps a line; what is explained stays in a column of its own, as `  --json   ` does. */
function fit(line: string, columns: number): string[] {
  const first = /^ +\S.*? {2,}/.exec(line)?.[0] ?? '';
  return wrap(line.slice(first.length), Math.min(columns, readableColumns), { first, rest: ' '.repeat(first.length) });
}
