// `claims [--measure]`: the documents' claims against this machine.
import { type Claim, loadClaims } from '../course/claims.ts';
import { CourseError } from '../course/course-error.ts';
import { type Course, loadCourse } from '../course/course.ts';
import { nearestNames } from '../course/nearest-names.ts';
import { type ClaimStanding, claimStandings } from '../measured/claim-standing.ts';
import { type DemoPlans, loadPlans } from '../measured/demo-plans.ts';
import { reportsIn } from '../measured/reports.ts';
import type { Progress } from '../progress/progress.ts';
import { escapeText } from '../terminal/escape.ts';
import type { Io } from '../terminal/io.ts';
import { printJson, printLines } from '../terminal/print.ts';
import { styleFor } from '../terminal/style.ts';
import { readableColumns, wrap } from '../terminal/wrap.ts';
import { machineWords } from '../timing/machine-words.ts';
import { parseCommandLine } from './command-line.ts';
import type { Command } from './command.ts';
import type { Measuring } from './measure-claims.ts';
import { withProgress } from './with-progress.ts';

/** What a shell calls a program that Ctrl-C ended. */
const stoppedExitCode = 130;
const contentIsWrong = 2;

export const command: Command = {
  name: 'claims',
  summary: "the documents' figures and claims, and what this machine says of them",
  usage: [
    'claims [ID or LESSON]... [--measure] [--quick] [--json]',
    '',
    'Without a name all of them, else those that are named (F04) or that a lesson teaches (12, processes). A claim is ' +
      'judged by demos: by all that measured it on this machine the last time they ran, in a lesson, by "demo" or by ' +
      '"--measure". Verdicts: holds, within limits (also: in part), does not hold here, too noisy to tell; not measured, ' +
      'and why.',
    '',
    '  --measure   runs the demos that judge them, one after the other; how long that takes is said before. Ctrl-C ends ' +
      'it, the exit code is 130 then, and of the demos that are through everything is kept',
    '  --quick     with --measure: 2 s for each, enough for what is far apart on a machine with nothing else to do',
    '  --json      {machine, claims: [{id, says, kind, lesson: {id, title, isWritten}, verdict, why, measured, ' +
      'statements: [{demo, says, verdict, why, measured, estimate: {median, low, high, unit}, at, machine}]}], ' +
      'problems}; verdict is holds, within-limits, does-not-hold, too-noisy or not-measured; at is in milliseconds ' +
      'since 1970; a ratio has no unit',
  ].join('\n'),

  async run(args, io) {
    const { values, words } = parseCommandLine(command, args, {
      options: { measure: { type: 'boolean' }, quick: { type: 'boolean' }, json: { type: 'boolean' } },
      // As many as somebody types.
      words: args.map(() => '[ID]'),
    });
    if (values.quick && !values.measure)
      throw new CourseError('"--quick" says how to measure, and nothing is to be measured.', 'Add --measure.');
    const course = loadCourse();
    const claims = chosen(loadClaims(course.root), words, course);
    const plans = await loadPlans(course.lessons.flatMap(({ demos }) => demos));
    // One for both: where progress cannot be kept, it is in memory until this ends.
    const [measuring, standings] = await withProgress(io, async (progress) => {
      const done = values.measure ? await measure(claims, plans, values.quick === true, progress, io) : undefined;
      const { lessons } = course;
      return [done, claimStandings(claims, { lessons, plans: plans.plans, reportOf: reportsIn(progress) })] as const;
    });
    const failed = measuring?.problems.map(({ message }) => message) ?? [];
    const problems = [...plans.problems, ...failed];
    if (values.json) printJson(io, { machine: machineWords(), claims: standings.map(jsonOf), problems });
    else {
      const { claimsLines } = await import('../measured/claim-lines.ts');
      printLines(io, claimsLines(standings, io.columns, styleFor(io.stdout, io.env)));
      printLines(io, wayOn(standings, values.measure === true, io));
    }
    // Those of demos that failed were told when they did.
    for (const problem of values.json ? [] : plans.problems) io.stderr.write(`${escapeText(problem)}\n`);
    if (measuring?.isStopped) return stoppedExitCode;
    return problems.length > 0 ? contentIsWrong : 0;
  },
};

/** @throws CourseError for a word that is neither a claim nor a lesson */
function chosen(claims: readonly Claim[], words: readonly string[], { lessons }: Course): readonly Claim[] {
  if (words.length === 0) return claims;
  const ids = words.flatMap((word) => {
    const typed = word.trim();
    const id = typed.toUpperCase().replace(/^F(\d)$/, 'F0$1');
    if (claims.some((claim) => claim.id === id)) return [id];
    const lesson = lessons.find((one) => [one.id, one.name, one.folderName].includes(typed.replace(/^\d$/, '0$&')));
    if (lesson) return lesson.ledger;
    const names = [...claims.map((claim) => claim.id), ...lessons.map(({ name }) => name)];
    const near = nearestNames(typed, names);
    throw new CourseError(
      `"${typed}" is neither a claim nor a lesson.`,
      near.length > 0
        ? `Did you mean ${near.join(' or ')}?`
        : 'Claims are F01 to F74; "npx interleave list" has the lessons.',
    );
  });
  const found = claims.filter(({ id }) => ids.includes(id));
  if (found.length === 0)
    throw new CourseError(`No claim is taught there: ${words.join(', ')}.`, 'Name another lesson.');
  return found;
}

async function measure(
  claims: readonly Claim[],
  { plans }: DemoPlans,
  isQuick: boolean,
  progress: Progress,
  io: Io,
): Promise<Measuring> {
  const { measureDemos } = await import('./measure-claims.ts');
  const judging = plans.filter(({ plan }) => plan.claims.some(({ claim }) => claims.some(({ id }) => id === claim)));
  return await measureDemos(judging, isQuick ? 'quick' : 'full', progress, io);
}

function jsonOf({ lesson, ...standing }: ClaimStanding) {
  const { id, title, isWritten } = lesson ?? {};
  return { ...standing, lesson: lesson ? { id, title, isWritten } : null };
}

/** What to type, where a demo is there that has not run, or did so when too much else was going on. */
function wayOn(standings: readonly ClaimStanding[], hasMeasured: boolean, io: Io): string[] {
  const isOpen = standings.some(({ statements }) => statements.some(({ at }) => at === null));
  const isNoisy = standings.some(({ verdict }) => verdict === 'too-noisy');
  const texts = [
    ...(isOpen && !hasMeasured ? ['To measure them: npx interleave claims --measure'] : []),
    ...(isNoisy
      ? ['To know more where it is too noisy, measure again, without --quick, when the machine has less to do.']
      : []),
  ];
  return texts.flatMap((text) => wrap(text, Math.min(io.columns, readableColumns)));
}
