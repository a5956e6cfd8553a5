// `test [LAB]`: judges working copies once, or a file somewhere else.
import { once } from 'node:events';
import { existsSync, realpathSync } from 'node:fs';
import { createServer } from 'node:net';
import { isAbsolute, relative } from 'node:path';
import { CourseError } from '../course/course-error.ts';
import { type Course, labsOf, loadCourse } from '../course/course.ts';
import { type Lab, workingCopyFolder } from '../course/lab.ts';
import { resolveLab } from '../course/resolve-id.ts';
import { newStarterChanges } from '../course/starters.ts';
import { type JudgeClient, type JudgeRequest, startJudge } from '../judge/judge-client.ts';
import { hasWorkingCopy, pathRequest, starterRequest, workingCopyRequest } from '../judge/requests.ts';
import { verdictLines } from '../judge/verdict-lines.ts';
import type { Verdict } from '../judge/verdict.ts';
import type { Io } from '../terminal/io.ts';
import { printJson, printLines } from '../terminal/print.ts';
import { starterNotice } from '../terminal/starter-lines.ts';
import { type Style, styleFor } from '../terminal/style.ts';
import { wrap } from '../terminal/wrap.ts';
import type { LabTiming } from '../timing/lab-timing.ts';
import { labTimingLines } from '../timing/lab-timing-lines.ts';
import { timeLab } from '../timing/time-lab.ts';
import { parseCommandLine } from './command-line.ts';
import type { Command } from './command.ts';
import { showRuns } from './run-spinner.ts';
import { withProgress } from './with-progress.ts';

const fellShort = 1;
const machineLacks = 3;
/** As shells say it of a program that Ctrl-C ended: 128 and the number of SIGINT. */
const interrupted = 130;

export const command: Command = {
  name: 'test',
  summary: 'judges your copy of a lab, or of every lab that you have begun',
  usage: [
    'test [LAB] [--file PATH] [--json] [--seed S] [--inspect] [--timing]',
    '',
    'Without LAB: the lab in whose copy you are, else every lab of which you have a copy. A lab that you have not begun ' +
      'is judged as the course made it. Verdicts on your copies count as progress.',
    '',
    "  --file PATH   judges this file in the place of the lab's first one, with the others as the course made them; or a " +
      "folder with all of the lab's files. It does not count as progress",
    '  --seed S      the same S gives the same random inputs; each verdict says which one it had',
    "  --inspect     runs your file under Node's debugger and waits for one to attach",
    '  --timing      after a pass, where the lab has something to time: how long yours takes beside a naive version and ' +
      'the solution; some 3 s',
    '  --json        {lab, verdict, ending, message, tests: [{name, status, message, ms}], ms, seed, leftBehind, output}; ' +
      'without LAB {verdicts: [...]} of these; with --timing also timing, null or {kind: measured, title, variants, ratios, ' +
      'othersShare} as `demo --json` has them, or {kind: unfinished, why}',
    '',
    'Exit codes: 0 all passed; 1 something fell short; 2 wrong usage; 3 a part of the machine is missing.',
  ].join('\n'),

  async run(args, io) {
    const { values, words } = parseCommandLine(command, args, {
      options: {
        file: { type: 'string' },
        json: { type: 'boolean' },
        seed: { type: 'string' },
        inspect: { type: 'boolean' },
        timing: { type: 'boolean' },
      },
      words: ['[LAB]'],
    });
    const { labs, isOne } = labsMeant(loadCourse(), words[0], io);
    if ((values.file !== undefined || values.inspect) && !isOne)
      throw new CourseError('--file and --inspect are for one lab.', 'Say which: npx interleave test LAB ...');
    if (values.seed === '')
      throw new CourseError('--seed needs a text.', 'A verdict says which one it had; any other gives other inputs.');
    const options = { seed: values.seed, inspect: values.inspect };
    const runs = labs.map((lab) => ({ lab, ...whatToJudge(lab, values.file, io), ...options }));
    return await judgeAll(runs, { isJson: values.json === true, isOne, isTimed: values.timing === true }, io);
  },
};

/** Where subject/start-process.ts opens the debugger. */
const debuggerPort = 9229;

/** @throws CourseError when another program has the debugger's port: Node would go on without one */
async function sayHowToAttach(io: Io): Promise<void> {
  const server = createServer();
  try {
    server.listen(debuggerPort, '127.0.0.1');
    await once(server, 'listening');
  } catch (error) {
    throw new CourseError(
      `Port ${debuggerPort}, where a debugger attaches, cannot be used (${(error as NodeJS.ErrnoException).code}).`,
      'End the other program that is being debugged, and try again.',
      3,
    );
  }
  server.close();
  await once(server, 'close');
  const text = `Your program waits for a debugger on 127.0.0.1:${debuggerPort}, and no limit runs meanwhile. Attach one, and set breakpoints in your file:`;
  const lines = [
    ...wrap(text, io.columns),
    '  VS Code        start "Attach to a lab" (F5)',
    '  Chrome, Edge   open chrome://inspect, choose "inspect"',
    '',
  ];
  io.stderr.write(lines.map((line) => `${line}\n`).join(''));
}

interface Run {
  readonly lab: Lab;
  readonly request: JudgeRequest;
  readonly isWorkingCopy: boolean;
  readonly seed: string | undefined;
  readonly inspect: boolean | undefined;
}

/** One lab that was named, or in whose copy the caller stands; else all that were begun. */
function labsMeant(course: Course, typed: string | undefined, io: Io): { labs: Lab[]; isOne: boolean } {
  if (typed !== undefined) return { labs: [resolveLab(course, typed, io)], isOne: true };
  const begun = labsOf(course).filter((lab) => hasWorkingCopy(lab, io.env));
  const here = begun.find((lab) => isInside(workingCopyFolder(lab, io.env), io.cwd));
  if (here) return { labs: [here], isOne: true };
  if (begun.length > 0) return { labs: begun, isOne: false };
  throw new CourseError(
    'There is nothing to judge: you have not begun any lab.',
    '"npm start" is the way in; "npx interleave watch LAB" makes your copy of one and judges it at each save.',
  );
}

function isInside(folder: string, path: string): boolean {
  if (!existsSync(folder)) return false;
  const way = relative(realpathSync(folder), realpathSync(path));
  return !way.startsWith('..') && !isAbsolute(way);
}

function whatToJudge(lab: Lab, file: string | undefined, io: Io): Pick<Run, 'request' | 'isWorkingCopy'> {
  if (file !== undefined) return { request: pathRequest(lab, file, io), isWorkingCopy: false };
  if (hasWorkingCopy(lab, io.env)) return { request: workingCopyRequest(lab, io), isWorkingCopy: true };
  return { request: starterRequest(lab, io), isWorkingCopy: false };
}

async function judgeAll(
  runs: readonly Run[],
  { isJson, isOne, isTimed }: { isJson: boolean; isOne: boolean; isTimed: boolean },
  io: Io,
): Promise<number> {
  const style = styleFor(io.stdout, io.env);
  const stop = new AbortController();
  const onInterrupt = (): void => stop.abort();
  process.on('SIGINT', onInterrupt);
  const judge = startJudge();
  const verdicts: (Verdict & { readonly timing?: LabTiming | null })[] = [];
  try {
    return await withProgress(io, async (progress) => {
      for (const run of runs) {
        if (run.inspect) await sayHowToAttach(io);
        const verdict = await judgeOne(run, judge, stop.signal, io);
        if (!verdict) return interrupted;
        if (run.isWorkingCopy) progress.recordVerdict(run.lab.id, verdict.verdict, verdict.ms);
        if (!isJson) printLines(io, [...textOf(run, verdict, io, style), ...noticeOf(run, io, style)]);
        const timing = isTimed ? await timingOf(run, verdict, stop.signal, io) : undefined;
        if (stop.signal.aborted) return interrupted;
        if (timing && run.isWorkingCopy) progress.recordTiming(run.lab.id, timing);
        if (timing && !isJson) printLines(io, [...labTimingLines(timing, io.columns, style), '']);
        verdicts.push(isTimed ? { ...verdict, timing: timing ?? null } : verdict);
      }
      if (isJson) printJson(io, isOne ? verdicts[0] : { verdicts });
      return exitCodeOf(verdicts);
    });
  } catch (error) {
    // Ctrl-C reaches a judge, too, that has only just been started and cannot know yet that it is not meant.
    if (stop.signal.aborted) return interrupted;
    throw error;
  } finally {
    process.off('SIGINT', onInterrupt);
    await judge.close();
  }
}

function exitCodeOf(verdicts: readonly Verdict[]): number {
  if (verdicts.some(({ ending }) => ending === 'no-start')) return machineLacks;
  return verdicts.every(({ verdict }) => verdict === 'passed') ? 0 : fellShort;
}

async function judgeOne(
  { request, seed, inspect }: Run,
  judge: JudgeClient,
  signal: AbortSignal,
  io: Io,
): Promise<Verdict | undefined> {
  const spinner = showRuns(io);
  // Whoever debugs takes all the time in the world.
  if (!inspect) spinner.follow({ kind: 'started' });
  try {
    return await judge.judge(
      { ...request, seed, inspect },
      { signal, onTest: (news) => spinner.follow({ kind: 'test', news }) },
    );
  } finally {
    spinner.close();
  }
}

/** Nothing where there is nothing to time. */
async function timingOf(
  { lab, request }: Run,
  { verdict }: Verdict,
  signal: AbortSignal,
  io: Io,
): Promise<LabTiming | undefined> {
  if (verdict !== 'passed' || !lab.timing) return undefined;
  const spinner = showRuns(io);
  spinner.show({ what: 'Timing yours beside a naive one', elapsed: '' });
  try {
    return await timeLab(request, signal);
  } finally {
    spinner.close();
  }
}

function noticeOf({ lab, isWorkingCopy }: Run, io: Io, style: Style): string[] {
  const changes = isWorkingCopy ? newStarterChanges(lab, io.env) : [];
  return changes.length === 0 ? [] : [...wrap(starterNotice(lab.id, changes), io.columns).map(style.warning), ''];
}

function textOf({ lab, isWorkingCopy, request }: Run, verdict: Verdict, io: Io, style: Style): string[] {
  const from = isWorkingCopy ? request.shown : `${request.shown} (not your copy in workspace/, so it does not count)`;
  const again = wrap(`The same inputs again: --seed ${verdict.seed}`, io.columns).map(style.quiet);
  return [
    ...wrap(`Lab ${lab.id}: ${lab.title}`, io.columns).map(style.heading),
    ...wrap(from, io.columns).map(style.quiet),
    '',
    ...verdictLines(verdict, io.columns, style),
    ...again,
    '',
  ];
}
