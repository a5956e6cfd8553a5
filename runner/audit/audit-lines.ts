// An audit as lines of text: each lab with what it proved, its problems below it, a summary in the end. It knows nothing
// of how the report came about.
import { escapeText } from '../terminal/escape.ts';
import type { Style } from '../terminal/style.ts';
import { wrap } from '../terminal/wrap.ts';
import { isClean, type AuditReport, type LabReport } from './audit.ts';
import { problemText, type Problem } from './problem.ts';

/** @param columns the width of the terminal; only problems are left longer */
export function auditLines(report: AuditReport, columns: number, style: Style): string[] {
  const width = Math.max(0, ...report.labs.map((lab) => nameOf(lab).length));
  return [
    ...report.labs.flatMap((lab) => [
      ...headLines(lab.problems, `${nameOf(lab).padEnd(width)}  `, proofs(lab), columns, style),
      ...problemLines(lab.problems),
    ]),
    ...(report.problems.length > 0 ? headLines(report.problems, 'the course', '', columns, style) : []),
    ...problemLines(report.problems),
    '',
    ...summary(report, columns, style),
  ];
}

function headLines(problems: readonly Problem[], name: string, text: string, columns: number, style: Style): string[] {
  const [plain, coloured] = problems.length === 0 ? ['ok      ', style.good('ok')] : ['FAILED  ', style.bad('FAILED')];
  const lines = wrap(text, columns, { first: plain + name, rest: ' '.repeat(plain.length) });
  return lines.map((line, index) => (index === 0 ? line.replace(plain.trim(), coloured) : line));
}

function nameOf({ id, path }: LabReport): string {
  return `${id}-${path.slice(path.indexOf('/') + 3)}`;
}

function proofs({ wrong, caught, right, accepted, notProvedHere }: LabReport): string {
  const counts = `${caught} of ${wrong} wrong caught, ${accepted} of ${right} right accepted`;
  return notProvedHere === 0 ? counts : `${counts}, ${notProvedHere} not proved here (skipped: needs Linux)`;
}

/** No wrapping: an editor or a terminal opens `file:line` where it finds it whole. */
function problemLines(problems: readonly Problem[]): string[] {
  return problems.flatMap((problem) =>
    escapeText(problemText(problem))
      .split('\n')
      .map((line, index) => `        ${index === 0 ? '' : '  '}${line}`),
  );
}

function summary(report: AuditReport, columns: number, style: Style): string[] {
  const { labs, problems, suites, seed, repeat, ms } = report;
  const found = problems.length + labs.reduce((sum, lab) => sum + lab.problems.length, 0);
  const counts = [
    count(labs.length, 'lab'),
    `${suites.caught} of ${suites.wrong} wrong solutions caught`,
    `${suites.accepted} of ${suites.right} right ones accepted`,
    ...(repeat > 1 ? [`each proof ${repeat} times`] : []),
    count(found, 'problem'),
    `${(ms / 1_000).toFixed(1)} s`,
  ].join(', ');
  const next = `Next: mend the first one; CONTRIBUTING.md has the formats. --seed ${seed} repeats these inputs.`;
  const lines = wrap(counts, columns);
  return isClean(report)
    ? lines.map((line) => style.good(line))
    : [...lines.map((line) => style.bad(line)), ...wrap(next, columns)];
}

function count(number: number, thing: string): string {
  return `${number} ${thing}${number === 1 ? '' : 's'}`;
}
