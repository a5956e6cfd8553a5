// From the words that were typed to the command that runs, and from how it ended to the exit code. Nothing that takes
// long to load is imported here: the first line on the screen must not wait for it.
import process from 'node:process';
import { CourseError } from './course/course-error.ts';
import { escapeText } from './terminal/escape.ts';
import { type Io, processIo } from './terminal/io.ts';

/** Exit code 1 is for learners' code and 2 for what was typed or written: a mistake of ours counts as a missing part. */
const bugExitCode = 3;

for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    // The reader has seen enough (`| head`): that ends the output, quietly.
    if (error.code === 'EPIPE') process.exit();
    process.stderr.write(`The output cannot be written (${error.code}).\nNext: look at where it is sent.\n`);
    process.exit(3);
  });
}
process.on('uncaughtException', (error) => {
  reportBug(error);
  process.exit(bugExitCode);
});

process.exitCode = await main(process.argv.slice(2), processIo());

async function main(args: readonly string[], io: Io): Promise<number> {
  try {
    return await dispatch(args, io);
  } catch (error) {
    if (!(error instanceof CourseError)) {
      reportBug(error);
      return bugExitCode;
    }
    io.stderr.write(`${escapeText(error.message)}\nNext: ${escapeText(error.next)}\n`);
    return error.exitCode;
  }
}

async function dispatch([name, ...rest]: readonly string[], io: Io): Promise<number> {
  if (name === undefined) return await begin(io);
  if (isHelp(name)) {
    const { printHelp } = await import('./commands/help.ts');
    await printHelp(io);
    return 0;
  }
  if (name === '--version') {
    const { printVersion } = await import('./commands/help.ts');
    printVersion(io);
    return 0;
  }
  const { findCommand } = await import('./commands/find-command.ts');
  const command = await findCommand(name);
  const end = rest.indexOf('--');
  if (rest.slice(0, end < 0 ? undefined : end).some(isHelp)) {
    const { printUsage } = await import('./commands/help.ts');
    printUsage(command, io);
    return 0;
  }
  return await command.run(rest, io);
}

function isHelp(word: string): boolean {
  return word === '--help' || word === '-h';
}

/** The tutor; where nobody can press a key, the map and how to go on. */
async function begin(io: Io): Promise<number> {
  if (io.isTTY) {
    const { runTutor } = await import('./tutor/tutor.ts');
    return await runTutor(io);
  }
  const { printMapAndWayOn } = await import('./commands/map.ts');
  await printMapAndWayOn(io);
  return 0;
}

function reportBug(error: unknown): void {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(
    `${escapeText(text)}\n` +
      'This is a bug in Interleave, not in your program.\n' +
      'Next: please report it with the lines above; what you wrote is safe in workspace/.\n',
  );
}
