// Rows of a schedule as lines: a column for each thread and the source beside them where that fits, else one column with
// the names of the threads and the source below. Pure.
import { basename } from 'node:path';
import { padEnd, padStart } from '../../terminal/bars.ts';
import { escapeLine } from '../../terminal/escape.ts';
import { paintSpans } from '../../terminal/spans.ts';
import type { Style } from '../../terminal/style.ts';
import { displayWidth, truncate } from '../../terminal/wrap.ts';
import type { Place } from '../engine/operation.ts';
import type { Row } from './rows.ts';
import { sourceLine, sourceSpans, type Sources } from './sources.ts';

export interface TableView {
  readonly columns: number;
  readonly style: Style;
  readonly threads: number;
  readonly sources: Sources;
  /** what they are called */
  readonly who?: 'thread' | 'task';
}

type ThreadRow = Exclude<Row, { kind: 'rule' }>;

const gap = '  ';
/** A line of code, with its number, gets so much if it needs it; less than the second says little, and it stands below. */
const wholeSourceColumns = 56;
const fewestSourceColumns = 30;
/** From one thread's column to the next. A row may run into the columns behind its own, for they are empty. */
const goodBetween = 18;
const fewestBetween = 12;
/** Where the source stands below, the last thread's column begins here at the latest. */
const mostIndentPart = 0.65;
const mostNameColumns = 18;
/** So that the number of a line is not taken for that of a step. */
const belowMark = '|';
const narrowIndent = 2;

export function tableLines(rows: readonly Row[], view: TableView): string[] {
  const columns = view.columns - 1;
  const numberWidth = Math.max(2, ...rows.map((row) => (row.kind === 'step' ? String(row.number).length : 0))) + 1;
  const measures = { ...view, columns, numberWidth, margins: marginsOf(rows) };
  const room = columns - numberWidth - gap.length;
  const widths = widthsOf(rows, view);
  const widest = widestSource(rows, view);
  const beside = (mostSource: number, between: number): readonly number[] | undefined =>
    offsetsFor(widths, room - measures.margins.width - Math.min(mostSource, widest), between);
  const offsets = beside(wholeSourceColumns, goodBetween) ?? beside(fewestSourceColumns, fewestBetween);
  if (offsets) return inColumns(rows, { ...measures, offsets });
  const above = offsetsFor(widths, room, fewestBetween, room * mostIndentPart);
  return above
    ? inColumns(rows, { ...measures, offsets: above, isSourceBelow: true })
    : oneBelowTheOther(rows, measures);
}

interface Measures extends TableView {
  readonly numberWidth: number;
  readonly margins: Margins;
}

/** What stands before a line of code: its number, and the file where there are several. */
interface Margins {
  readonly width: number;
  readonly title: string;
  of(place: Place): string;
}

function marginsOf(rows: readonly Row[]): Margins {
  const places = rows.flatMap((row) => (row.kind !== 'rule' && row.place ? [row.place] : []));
  const files = new Set(places.map(({ file }) => file));
  const name = ({ file, line }: Place): string =>
    files.size > 1 ? `${truncate(escapeLine(basename(file)), mostNameColumns)}:${line}` : String(line);
  const width = Math.max(0, ...places.map((place) => displayWidth(name(place))));
  const [only = ''] = files;
  return {
    width: width + 1,
    title: files.size > 1 ? 'source' : escapeLine(basename(only)),
    of: name,
  };
}

function widestSource(rows: readonly Row[], { sources }: TableView): number {
  return Math.max(
    0,
    ...rows.map((row) => (row.kind === 'rule' ? 0 : displayWidth(sourceLine(sources, row.place)?.text ?? ''))),
  );
}

/** Of the texts in each thread's column. */
function widthsOf(rows: readonly Row[], { threads, who }: TableView): readonly number[] {
  return Array.from({ length: threads }, (_, thread) =>
    Math.max(
      displayWidth(threadName(thread, who)),
      ...rows.map((row) => (row.kind !== 'rule' && row.thread === thread ? displayWidth(row.text) : 0)),
    ),
  );
}

/**
 * Where each thread's column begins, and where they all end.
 * @param fewest columns from one thread to the next
 * @param mostIndent where the last thread's column begins at the latest
 * @returns undefined when they do not fit into `room`
 */
function offsetsFor(
  widths: readonly number[],
  room: number,
  fewest: number,
  mostIndent = Number.POSITIVE_INFINITY,
): readonly number[] | undefined {
  const apart: number[] = [];
  let at = 0;
  for (const width of widths) {
    apart.push(at);
    at += width + gap.length;
  }
  if (at <= room && (apart.at(-1) ?? 0) <= mostIndent) return [...apart, at];
  for (let between = Math.max(...widths) + gap.length; between >= fewest; between -= 1) {
    const end = Math.max(...widths.map((width, thread) => thread * between + width)) + gap.length;
    if (end <= room && (widths.length - 1) * between <= mostIndent)
      return [...widths.map((_, thread) => thread * between), end];
  }
  return undefined;
}

interface Columns extends Measures {
  readonly offsets: readonly number[];
  /** below its step, where it does not fit beside */
  readonly isSourceBelow?: boolean;
}

function inColumns(rows: readonly Row[], view: Columns): string[] {
  const { columns, style, threads, sources, offsets, numberWidth, margins, who, isSourceBelow = false } = view;
  const lead = ' '.repeat(numberWidth + gap.length);
  const end = offsets[threads] ?? 0;
  let names = '';
  for (let thread = 0; thread < threads; thread += 1)
    names = padEnd(names, offsets[thread] ?? 0) + threadName(thread, who);
  // Where no code stands beside the numbers of lines, half a file's name says nothing.
  const isTitleCut = sources.size === 0 && displayWidth(margins.title) > columns - lead.length - end;
  const title = isSourceBelow || isTitleCut ? '' : margins.title;
  let last: ThreadRow | undefined;
  return [
    style.heading(truncate(`${lead}${padEnd(names, end)}${title}`.trimEnd(), columns)),
    ...rows.flatMap((row) => {
      if (row.kind === 'rule') return [ruled(row.text, lead, view)];
      const offset = offsets[row.thread] ?? 0;
      const line = `${numbered(row, numberWidth)}${' '.repeat(offset)}${painted(row, style)}`;
      if (!isSourceBelow) {
        const after = ' '.repeat(Math.max(gap.length, end - offset - displayWidth(row.text)));
        return [`${line}${after}${sourceBeside(row, columns - lead.length - end, view)}`.trimEnd()];
      }
      const source = isSameLine(last, row) ? [] : sourceBelow(row, lead.length + offset, view);
      last = row;
      return [line, ...source];
    }),
  ];
}

/** A thread's name stands where it begins to go on, its source below each step that has another line than the one before. */
function oneBelowTheOther(rows: readonly Row[], view: Measures): string[] {
  const { columns, style, numberWidth, who } = view;
  const lead = ' '.repeat(numberWidth + gap.length);
  let last: ThreadRow | undefined;
  return rows.flatMap((row) => {
    if (row.kind === 'rule') return [ruled(row.text, lead, view)];
    // Whoever woke it says so in the row before.
    if (row.kind === 'note' && row.tone === 'woken') return [];
    const indent = ' '.repeat(narrowIndent * row.thread);
    const name = last?.thread === row.thread ? [] : [`${lead}${indent}${style.heading(threadName(row.thread, who))}`];
    const margin = `${lead}${indent}${gap}`;
    const source = isSameLine(last, row) ? [] : sourceBelow(row, margin.length + gap.length, view);
    const text = painted({ ...row, text: truncate(row.text, columns - margin.length) }, style);
    last = row;
    return [...name, `${numbered(row, numberWidth)}${indent}${gap}${text}`, ...source];
  });
}

function numbered(row: ThreadRow, width: number): string {
  return padStart(row.kind === 'step' ? String(row.number) : '', width) + gap;
}

function isSameLine(last: ThreadRow | undefined, { thread, place }: ThreadRow): boolean {
  return last?.thread === thread && last.place?.line === place?.line && last.place?.file === place?.file;
}

function sourceBeside({ place }: ThreadRow, columns: number, { sources, margins, style }: Measures): string {
  if (!place) return '';
  const line = sourceLine(sources, place);
  const spans = line ? sourceSpans(line, columns - margins.width, style) : [];
  return style.quiet(padStart(margins.of(place), margins.width - 1)) + ' ' + paintSpans(spans);
}

/** Code that does not fit behind its thread's offset begins at the margin. */
function sourceBelow({ place }: ThreadRow, offset: number, view: Measures): string[] {
  const { columns, sources, margins, style, numberWidth } = view;
  const line = sourceLine(sources, place);
  if (!place || !line) return [];
  const name = `${belowMark} ${margins.of(place)} `;
  const width = displayWidth(name) + displayWidth(line.text);
  const indent = offset + width <= columns ? offset : numberWidth + gap.length;
  const spans = sourceSpans(line, columns - indent - displayWidth(name), style);
  return [' '.repeat(indent) + style.quiet(name) + paintSpans(spans)];
}

function painted(row: ThreadRow, style: Style): string {
  if (row.kind === 'step') return row.text;
  switch (row.tone) {
    case 'preempted':
      return style.warning(row.text);
    case 'bad':
      return style.bad(row.text);
    default:
      return style.quiet(row.text);
  }
}

function ruled(text: string, lead: string, { columns, style }: Measures): string {
  return lead + style.warning(truncate(`--- ${text} ---`, columns - lead.length));
}

function threadName(thread: number, who: TableView['who'] = 'thread'): string {
  return `${who} ${thread}`;
}
