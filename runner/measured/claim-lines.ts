// The documents' claims and how they stand on this machine, as lines of text. Pure.
import { dateInWords } from '../course/local-date.ts';
import type { Style } from '../terminal/style.ts';
import { readableColumns, wrap } from '../terminal/wrap.ts';
import { verdictNames } from '../timing/demo-lines.ts';
import type { ClaimStanding, ClaimVerdict, Statement } from './claim-standing.ts';

const names: Readonly<Record<ClaimVerdict, string>> = { ...verdictNames, 'not-measured': 'not measured' };

/** What stands before the text of a claim: `F04  `. */
const indent = ' '.repeat(5);

/** The claims under their lessons, in the order of these, and what it comes to. None is wider than `columns`, from 60 on. */
export function claimsLines(standings: readonly ClaimStanding[], columns: number, style: Style): string[] {
  const width = Math.min(columns, readableColumns);
  const groups = [...Map.groupBy(standings, ({ lesson }) => lesson?.id ?? '').entries()];
  const ordered = groups.toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, group]) => group);
  return [
    ...ordered.flatMap((group) => [
      ...lessonLines(group[0]?.lesson, width, style),
      '',
      ...groupLines(group, width, style),
    ]),
    ...wrap(summary(standings), width),
  ];
}

function lessonLines(lesson: ClaimStanding['lesson'], width: number, style: Style): string[] {
  if (!lesson) return wrap('In no lesson', width).map(style.heading);
  const { id, title, isWritten } = lesson;
  return wrap(`Lesson ${id}: ${title}${isWritten ? '' : ' (not written yet)'}`, width).map(style.heading);
}

function groupLines(group: readonly ClaimStanding[], width: number, style: Style): string[] {
  return group.flatMap((standing) => [...claimLines(standing, width, style), '']);
}

function claimLines(standing: ClaimStanding, width: number, style: Style): string[] {
  const { id, says, verdict, why, statements } = standing;
  // A claim of which nothing is known takes as few lines as can be.
  const isKnown = verdict !== 'not-measured';
  const head = isKnown ? nameOf(standing) : `${names[verdict]}: ${why}`;
  return [
    ...wrap(says, width, { first: `${style.accent(id)}  `, rest: indent }),
    ...wrap(sentence(head), width, { first: indent }).map(paintOf(verdict, style)),
    ...(isKnown ? statements.flatMap((one) => statementLines(one, statements.length > 1, width, style)) : []),
  ];
}

function nameOf({ verdict, statements }: ClaimStanding): string {
  const isMixed = verdict === 'within-limits' && statements.some((one) => one.verdict === 'does-not-hold');
  return isMixed ? 'holds in part' : names[verdict];
}

/** What was judged, what was measured, and why that makes the verdict. */
function statementLines(statement: Statement, isOneOfSeveral: boolean, width: number, style: Style): string[] {
  const { demo, says, verdict, why, measured, at } = statement;
  const rest = `${indent}  `;
  const isKnown = verdict !== 'not-measured';
  const date = at === null ? '' : `, ${dateInWords(at)}`;
  const found = isKnown
    ? `${measured}: ${isOneOfSeveral ? `${names[verdict]}; ` : ''}${why}. (${demo}${date})`
    : sentence(`${names[verdict]}: ${why}`);
  return [
    ...wrap(says, width, { first: `${indent}- `, rest }),
    ...wrap(found, width, { first: rest }).map((line) => (isKnown ? line : style.quiet(line))),
  ];
}

/** `74 claims; holds: 3, does not hold here: 1, not measured: 70 (50 of them in lessons that are not written yet).` */
function summary(standings: readonly ClaimStanding[]): string {
  const of = (verdict: ClaimVerdict) => standings.filter((standing) => standing.verdict === verdict);
  const counts = order.flatMap((verdict) => {
    const count = of(verdict).length;
    return count > 0 ? [`${names[verdict]}: ${count}`] : [];
  });
  const later = of('not-measured').filter(({ lesson }) => lesson?.isWritten === false).length;
  const unwritten = later > 0 ? ` (${later} of them in lessons that are not written yet)` : '';
  return `${standings.length} ${standings.length === 1 ? 'claim' : 'claims'}; ${counts.join(', ')}${unwritten}.`;
}

const order = ['holds', 'within-limits', 'does-not-hold', 'too-noisy', 'not-measured'] as const;

function paintOf(verdict: ClaimVerdict, style: Style): (text: string) => string {
  switch (verdict) {
    case 'holds':
    case 'within-limits':
      return style.good;
    case 'does-not-hold':
      return style.bad;
    case 'too-noisy':
      return style.warning;
    case 'not-measured':
      return style.quiet;
  }
}

/** `Holds.` */
function sentence(words: string): string {
  return `${words[0]?.toUpperCase()}${words.slice(1)}.`;
}
