// `audit [LAB]`: proves the content.
import { availableParallelism } from 'node:os';
import type { AuditReport } from '../audit/audit.ts';
import { CourseError } from '../course/course-error.ts';
import { courseRoot } from '../course/paths.ts';
import type { Io } from '../terminal/io.ts';
import { printJson, printLines } from '../terminal/print.ts';
import { styleFor } from '../terminal/style.ts';
import { parseCommandLine } from './command-line.ts';
import type { Command } from './command.ts';

/** With two cores, two judges took 0.6 of the time of one, and four took no less than two. */
const defaultJobs = Math.min(availableParallelism(), 8);

export const command: Command = {
  name: 'audit',
  summary: 'proves the content: starters fail, solutions pass, wrong solutions are caught as they say',
  usage: [
    'audit [LAB] [--repeat N] [--jobs N] [--seed S] [--json]',
    '',
    'Also checks formats, links, ids and quoted code. Without LAB it proves the whole course. It exits with 1 when it ' +
      'finds a problem.',
    '',
    '  --repeat N   runs each proof N times; what holds only sometimes is a problem',
    `  --jobs N     judges side by side (${defaultJobs}: one for each core, 8 at most)`,
    "  --seed S     the suites' random inputs of an earlier audit",
    '  --json       {labs: [{id, path, ok, problems: [text], wrong, caught, right, accepted, notProvedHere}], problems: ' +
      '[text], suites: {wrong, caught, right, accepted}, seed, repeat, ms}; each text begins with its file, and its line where one is to blame',
  ].join('\n'),

  async run(args, io) {
    const { values, words } = parseCommandLine(command, args, {
      options: {
        repeat: { type: 'string', default: '1' },
        jobs: { type: 'string', default: String(defaultJobs) },
        seed: { type: 'string' },
        json: { type: 'boolean' },
      },
      words: ['[LAB]'],
    });
    const { auditCourse, isClean } = await import('../audit/audit.ts');
    const progress = await showProgress(io);
    let report: AuditReport;
    try {
      report = await auditCourse({
        root: courseRoot,
        lab: words[0],
        standpoint: io,
        jobs: wholeNumber(values.jobs, '--jobs'),
        repeat: wholeNumber(values.repeat, '--repeat'),
        seed: values.seed,
        onProgress: ({ done, of }) => progress.show(`${done} of ${of} proofs`),
      });
    } finally {
      progress.hide();
    }
    if (values.json) printJson(io, await asJson(report));
    else {
      const { auditLines } = await import('../audit/audit-lines.ts');
      printLines(io, auditLines(report, io.columns, styleFor(io.stdout, io.env)));
    }
    return isClean(report) ? 0 : 1;
  },
};

function wholeNumber(text: string, option: string): number {
  if (!/^[1-9]\d{0,3}$/.test(text))
    throw new CourseError(
      `${option} is a whole number from 1 to 9999, not "${text}".`,
      `Type npx interleave audit ${option} 2`,
    );
  return Number(text);
}

/** A line that moves on stderr, where there is a terminal. */
async function showProgress(io: Io): Promise<{ show(text: string): void; hide(): void }> {
  const { canMoveCursor, makeSpinner } = await import('../terminal/spinner.ts');
  if (!canMoveCursor(io.stderr, io.env)) return { show() {}, hide() {} };
  const spinner = makeSpinner(io.stderr, io);
  spinner.show('reading the content');
  return spinner;
}

async function asJson({ labs, problems, ...rest }: AuditReport) {
  const { problemText } = await import('../audit/problem.ts');
  return {
    labs: labs.map(({ problems, ...lab }) => ({
      ...lab,
      ok: problems.length === 0,
      problems: problems.map(problemText),
    })),
    problems: problems.map(problemText),
    ...rest,
  };
}
