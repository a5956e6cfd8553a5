// `trace FILE`: what the event loop did while a program ran.
import { CourseError } from '../course/course-error.ts';
import type { Io } from '../terminal/io.ts';
import { printJson, printLines } from '../terminal/print.ts';
import { styleFor } from '../terminal/style.ts';
import type { TracedRun } from '../tracer/trace.ts';
import { parseCommandLine } from './command-line.ts';
import type { Command } from './command.ts';
import { existingFile } from './existing-file.ts';
import { underCtrlC } from './under-ctrl-c.ts';

const defaultLimitSeconds = 60;
const defaultBlockMs = 50;

export const command: Command = {
  name: 'trace',
  summary: 'draws what the event loop did while a program ran',
  usage: [
    'trace FILE [--step] [--all] [--block MS] [--limit SECONDS] [--json] [-- ARG...]',
    '',
    'Runs a program as "node FILE" would (CommonJS, ES module or TypeScript) and draws each callback that the event loop ran: ' +
      'which queue or phase it came from, who scheduled it, how long it held the loop, what it printed. Ctrl-C ends the program and ' +
      'draws what was seen so far. What is piped in is its standard input. Threads and processes that it starts are not drawn.',
    '',
    '  --step           goes through it step by step, with the queues as they stood; needs a terminal',
    '  --all            leaves nothing out, however many callbacks there are',
    `  --block MS       what holds the loop for longer stands out (${defaultBlockMs})`,
    `  --limit SECONDS  ends the program after so long (${defaultLimitSeconds})`,
    '  --json           {file, events: [{id, parent, kind, label, file, line, scheduledFile, scheduledLine, startMs, endMs, ' +
      'output}], ending: {kind, code, signal, why}, unseen: [text], stderr}; kind is script, nextTick, microtask, timer, immediate, io, ' +
      'close, message or process; parent is the event that scheduled it, or null; events are in order of their start',
  ].join('\n'),

  async run(args, io) {
    const end = args.includes('--') ? args.indexOf('--') : args.length;
    const { values, words } = parseCommandLine(command, args.slice(0, end), {
      options: {
        step: { type: 'boolean' },
        all: { type: 'boolean' },
        block: { type: 'string' },
        limit: { type: 'string' },
        json: { type: 'boolean' },
      },
      words: ['FILE'],
    });
    const blockMs = positive('--block', values.block) ?? defaultBlockMs;
    const limitMs = (positive('--limit', values.limit) ?? defaultLimitSeconds) * 1_000;
    const file = existingFile(words[0] ?? '', `Name a file of JavaScript or TypeScript, from ${io.cwd} on.`, io);
    if (values.step && !io.isTTY)
      throw new CourseError('"trace --step" needs a terminal.', 'Leave out --step: then the trace is printed.');
    const run = await traceUnderCtrlC(file, args.slice(end + 1), limitMs, io);
    if (values.json) {
      const { events, unseen } = run.trace;
      printJson(io, { file, events, ending: run.ending, unseen, stderr: run.stderr });
    } else if (values.step) {
      const { stepThrough } = await import('../tracer/step-screen.ts');
      await stepThrough(run, io);
    } else {
      const { traceLines } = await import('../tracer/trace-lines.ts');
      const style = styleFor(io.stdout, io.env);
      printLines(
        io,
        traceLines(run, { columns: io.columns, style, cwd: io.cwd, blockMs, isWhole: values.all ?? false }),
      );
    }
    return 0;
  },
};

/** Runs it, with a word on stderr where there is a terminal; Ctrl-C ends the program and not the command. */
async function traceUnderCtrlC(file: string, args: readonly string[], limitMs: number, io: Io): Promise<TracedRun> {
  const { traceProgram } = await import('../tracer/trace-program.ts');
  return underCtrlC(io, (signal, show) => {
    const say = (events: number): void =>
      show(`running ${events > 0 ? `(${events} callbacks so far) ` : ''}· Ctrl-C ends it and draws what was seen`);
    say(0);
    return traceProgram({
      file,
      args,
      cwd: io.cwd,
      env: io.env,
      stdin: process.stdin.isTTY ? 'ignore' : 'inherit',
      signal,
      limitMs,
      onProgress: say,
    });
  });
}

function positive(option: string, typed: string | undefined): number | undefined {
  if (typed === undefined) return undefined;
  const number = Number(typed);
  if (Number.isFinite(number) && number > 0) return number;
  throw new CourseError(`"${typed}" is no number for ${option}.`, `Type a number above 0, as in ${option} 10.`);
}
