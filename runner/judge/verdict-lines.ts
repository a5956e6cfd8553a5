// A verdict as lines of text: what was printed, each test with its mark, and at the end, where the eye is, what came
// out and where to look. Pure; it knows nothing of terminals but a width and colours that may be missing. Names of
// tests are the author's; all else may come from the learner's program and is escaped.
import { escapeLine, escapeText } from '../terminal/escape.ts';
import { foldSpans } from '../terminal/spans.ts';
import type { Style } from '../terminal/style.ts';
import { displayWidth, readableColumns, truncate, wrap } from '../terminal/wrap.ts';
import type { TestResult, TestStatus, Verdict } from './verdict.ts';

/** How much of what the program printed is shown. */
const printedLines = 10;
/** Of a message that is longer than this (a schedule of many steps, what a program says) the middle is left out. */
const messageLines = 100;
const lastLines = 20;
/** What is narrower gets pictures that are narrower. */
const wideColumns = 80;

const marks: Readonly<Record<TestStatus, string>> = { passed: 'ok', failed: 'FAIL', skipped: 'skip' };
const labels = ['Expected:', 'Happened:', 'Look at:'];
const labelColumns = 11;

/** The lines of a verdict, none wider than `columns`. */
export function verdictLines(verdict: Verdict, columns: number, style: Style): string[] {
  const width = Math.min(columns, readableColumns);
  const parts = [
    printedBlock(verdict.output, width, style),
    wasTried(verdict) ? testsBlock(verdict.tests, width, style) : [],
    headline(verdict, width, style),
    verdict.verdict === 'passed'
      ? proofBlock(verdict.tests, width, style)
      : messageBlock(messageFor(verdict, width), width, style),
    leftBlock(verdict.leftBehind, width, style),
  ];
  return parts.filter((lines) => lines.length > 0).flatMap((lines, index) => (index === 0 ? lines : ['', ...lines]));
}

/** Whether any test was: a program that does not come through its own import leaves all of them out. */
function wasTried({ verdict, tests }: Verdict): boolean {
  return verdict !== 'not-runnable' && tests.some(({ status }) => status !== 'skipped');
}

/** What came out, in one sentence. */
function headline(result: Verdict, columns: number, style: Style): string[] {
  const { verdict, tests, ms } = result;
  const passed = tests.filter(({ status }) => status === 'passed').length;
  const skipped = tests.filter(({ status }) => status === 'skipped').length;
  const score =
    verdict === 'failed' || wasTried(result)
      ? `${passed} of ${tests.length} tests passed, in ${duration(ms)}. ${theFirst(tests)}`.trimEnd()
      : `while it was loaded, after ${duration(ms)}, so no test was tried.`;
  const of = (text: string, look: (line: string) => string): string[] => wrap(text, columns).map(look);
  switch (verdict) {
    case 'passed':
      return of(`Passed: ${passedScore(passed, skipped)}, in ${duration(ms)}.`, style.good);
    case 'failed':
      return of(`Not yet: ${score}`, style.bad);
    case 'timed-out':
      return of(`Stopped at a limit: ${score}`, style.bad);
    case 'crashed':
      return of(`Ended before its time: ${score}`, style.bad);
    case 'not-runnable':
      return of('Could not be run, so no test was tried.', style.bad);
  }
}

function passedScore(passed: number, skipped: number): string {
  const all = passed === 1 ? 'the only test' : `all ${passed} tests`;
  return skipped === 0 ? all : `${passed} of ${passed + skipped} tests (this machine cannot run the others)`;
}

function theFirst(tests: readonly TestResult[]): string {
  const failed = tests.filter(({ status }) => status === 'failed');
  const name = failed[0]?.name;
  if (name === undefined) return '';
  return failed.length > 1 ? `The first that failed: "${name}"` : `What failed: "${name}"`;
}

function testsBlock(tests: readonly TestResult[], columns: number, style: Style): string[] {
  const looks: Readonly<Record<TestStatus, (text: string) => string>> = {
    passed: style.good,
    failed: style.bad,
    skipped: style.quiet,
  };
  const lines = tests.flatMap(({ name, status, ms }) => {
    const mark = marks[status].padEnd(4);
    const margin = `  ${mark}  ${(status === 'skipped' ? '' : duration(ms)).padStart(7)}  `;
    const [first = '', ...rest] = wrap(name, columns, { first: margin, rest: ' '.repeat(margin.length) });
    return [first.replace(mark, looks[status](mark)), ...rest];
  });
  const whyNotRun = tests.find(({ status, message }) => status === 'skipped' && message !== '')?.message;
  return whyNotRun === undefined
    ? lines
    : [...lines, '', ...wrap(whyNotRun, columns, { first: '  ' }).map(style.quiet)];
}

/** What the pass proves, a line for each test, and what it does not, once. */
function proofBlock(tests: readonly TestResult[], columns: number, style: Style): string[] {
  const proved = tests.filter(({ proofs = [] }) => proofs.length > 0);
  if (proved.length === 0) return [];
  const all = proved.flatMap(({ proofs = [] }) => proofs);
  const limits = new Set(all.flatMap(({ limits }) => limits));
  return [
    ...wrap('Proved, in every order of the steps:', columns, { first: '  ' }).map(style.heading),
    ...proved.flatMap(({ name, proofs = [] }) =>
      wrap(`${name}: ${proofs.map(({ brief }) => brief).join('; ')}`, columns, { first: '    ', rest: '      ' }),
    ),
    ...[...limits].flatMap((limit) => wrap(limit, columns, { first: '  - ', rest: '    ' })).map(style.quiet),
  ];
}

function messageFor({ message, tests }: Verdict, columns: number): string {
  const narrow = columns < wideColumns ? tests.find((test) => test.message === message)?.narrow : undefined;
  return narrow ?? message;
}

/** Expected, Happened, Look at: each label in a column of its own, the text beside it. */
function messageBlock(message: string, columns: number, style: Style): string[] {
  const lines = apart(escapeText(message).trim().split('\n'));
  const shown = (some: readonly string[]): string[] => some.flatMap((line) => messageLine(line, columns, style));
  if (lines.length <= messageLines) return shown(lines);
  const first = lines.slice(0, messageLines - lastLines);
  return [
    ...shown(first),
    style.quiet(`  (${lines.length - messageLines} more lines)`),
    ...shown(lines.slice(-lastLines)),
  ];
}

/** Where a message has paragraphs, what to look at is one. */
function apart(lines: readonly string[]): readonly string[] {
  const look = lines.findLastIndex((line) => line.startsWith('Look at:'));
  const hasRoom = look < 1 || lines[look - 1] === '' || !lines.includes('');
  return hasRoom ? lines : [...lines.slice(0, look), '', ...lines.slice(look)];
}

function messageLine(line: string, columns: number, style: Style): string[] {
  if (line.trim() === '') return [''];
  // Code keeps its shape; all else is prose.
  if (/^\s/.test(line)) return [truncate(`  ${line.replaceAll('\t', '  ')}`, columns)];
  const label = labels.find((label) => line.startsWith(`${label} `));
  if (label === undefined) return wrap(line, columns, { first: '  ' });
  const margin = `  ${label.padEnd(labelColumns)}`;
  const text = line.slice(label.length);
  const [first = '', ...rest] = wrap(text, columns, { first: margin, rest: ' '.repeat(margin.length) });
  return [first.replace(label, style.heading(label)), ...rest];
}

/** Whether a verdict leaves out lines of what was printed. */
export function leavesOutOutput({ output }: Verdict): boolean {
  return outputLines(output).length > printedLines;
}

/** All that was kept of what was printed; no line is wider than `columns`. */
export function wholeOutput({ output }: Verdict, columns: number): string[] {
  const width = Math.min(columns, readableColumns);
  return outputLines(output).flatMap((line) => foldSpans([{ text: `  | ${line}` }], width, { text: '  |   ' }));
}

/** Harmless lines. */
function outputLines(output: string): string[] {
  const text = output.replaceAll('\r\n', '\n').replace(/\n+$/, '');
  return text === '' ? [] : text.split('\n').map((line) => escapeLine(withSpaces(line)));
}

function printedBlock(output: string, columns: number, style: Style): string[] {
  const lines = outputLines(output);
  if (lines.length === 0) return [];
  const more = lines.length - printedLines;
  const title =
    more > 0
      ? `Your program printed (the first ${printedLines} lines of ${lines.length} or more):`
      : 'Your program printed:';
  return [title, ...lines.slice(0, printedLines).map((line) => truncate(`  | ${line}`, columns))].map(style.quiet);
}

/** Tabs as far apart as terminals have them: escaped, they would be harder to read than what was meant. */
function withSpaces(line: string): string {
  return line.replace(/[^\t]*\t/g, (piece) => {
    const text = piece.slice(0, -1);
    return text + ' '.repeat(8 - (displayWidth(text) % 8));
  });
}

function leftBlock(leftBehind: readonly string[], columns: number, style: Style): string[] {
  if (leftBehind.length === 0) return [];
  const what = `Still running after the last test, and ended now: ${leftBehind.map((item) => escapeLine(item)).join(', ')}.`;
  return wrap(what, columns).map(style.warning);
}

/** `31 ms`, `2.1 s`. */
function duration(ms: number): string {
  return ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`;
}
