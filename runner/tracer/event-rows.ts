// One callback of a trace as lines: when, which kind, what, who scheduled it, how long it held the loop, what it printed. Pure.
import { padEnd, padStart } from '../terminal/bars.ts';
import { escapeLine } from '../terminal/escape.ts';
import { foldSpans, paintSpans, spansWidth, type Span } from '../terminal/spans.ts';
import type { Style } from '../terminal/style.ts';
import { displayWidth, truncate, wrap } from '../terminal/wrap.ts';
import type { Suspensions } from './suspensions.ts';
import { counted, duration, moment, outputLines, paintKind, placeText, type PathView } from './trace-words.ts';
import type { TraceEvent } from './trace.ts';
import { heldMs } from './turns.ts';

export interface RowView extends PathView {
  readonly columns: number;
  readonly style: Style;
  /** what holds the loop for longer stands out */
  readonly blockMs: number;
  readonly widths: Widths;
  /** how many lines of an output are shown */
  readonly mostOutputLines: number;
  /** of each callback the async functions that it left waiting */
  readonly suspensions: Suspensions;
}

/** What all rows have in common. */
export interface Widths {
  /** in columns */
  readonly moment: number;
  readonly label: number;
  readonly from: number;
  readonly held: number;
  /** the longest that a callback held the loop */
  readonly longestMs: number;
}

/** In a wider window the eye would lose its line. */
const widestColumns = 120;
const kindWidth = 'immediate'.length;
const barWidth = 8;
const gap = '  ';

export function widthsOf(events: readonly TraceEvent[], paths: PathView): Widths {
  const widest = (texts: readonly string[]): number =>
    texts.reduce((most, text) => Math.max(most, displayWidth(text)), 0);
  return {
    moment: widest(events.map(momentText)),
    label: widest(events.map(labelText)),
    from: widest(events.map((event) => fromText(event, paths))),
    held: widest(events.map(heldText)),
    longestMs: events.reduce((most, event) => Math.max(most, heldMs(event)), 0),
  };
}

const heldText = (event: TraceEvent): string => duration(heldMs(event));
const momentText = ({ startMs }: TraceEvent): string => `${moment(startMs)} ms`;
const labelText = ({ id, label }: TraceEvent): string => `#${id} ${escapeLine(label)}`;

/** Where the text of a row begins. @param isBehind as of eventRows */
export function rowIndent(isBehind: boolean, { widths }: RowView): string {
  return ' '.repeat(widths.moment) + gap + (isBehind ? gap : '');
}

/** @param isBehind it was not the loop that ran it: it ran behind or inside of another callback */
export function eventRows(event: TraceEvent, isBehind: boolean, view: RowView): string[] {
  const { style, widths } = view;
  const columns = Math.min(view.columns, widestColumns);
  const indent = rowIndent(isBehind, view);
  const isBlock = heldMs(event) > view.blockMs;
  const head: Span[] = [
    { text: padEnd(padStart(momentText(event), widths.moment), indent.length), paint: style.quiet },
    { text: padEnd(event.kind, kindWidth), paint: paintKind(event.kind, style) },
    { text: gap },
  ];
  const begin = spansWidth(head);
  const label = labelText(event);
  const from = fromText(event, view);
  const held: Span = {
    text: `${gap}${padStart(heldText(event), widths.held)} ${barOf(event, view)}`.trimEnd(),
    paint: isBlock ? style.bad : undefined,
  };
  // Those that the loop ran begin farther to the left; what stands behind the labels shall stand in one column.
  const outdent = isBehind ? 0 : gap.length;
  const most = widths.label + outdent + gap.length + widths.from;
  const room = Math.min(columns - begin - gap.length - widths.held - 1 - barWidth, most);
  const labelWidth = Math.min(widths.label, room - outdent - gap.length - widths.from) + outdent;
  const text = `${padEnd(label, labelWidth)}${gap}`;
  const isOneLine = displayWidth((text + from).trimEnd()) <= room;
  const rows: Span[][] = isOneLine
    ? [[...head, { text }, { text: padEnd(from, room - displayWidth(text)), paint: style.quiet }, held]]
    : [
        [...head, { text: truncate(label, columns - begin) }],
        [{ text: ' '.repeat(begin) }, { text: padEnd(truncate(from, room), room), paint: style.quiet }, held],
      ];
  return [
    ...rows.map(paintSpans),
    ...(isBlock ? blockRows('It', heldMs(event), indent, view) : []),
    ...printedRows(event, indent, view),
    ...suspendedRows(event, indent, view),
  ];
}

/** A block of the loop in words. @param who `It`, `Together they` */
export function blockRows(who: string, ms: number, indent: string, { columns, style, blockMs }: RowView): string[] {
  const words = `! ${who} blocked the loop: nothing else could run for ${duration(ms)} (more than ${blockMs} ms).`;
  return wrap(words, Math.min(columns, widestColumns), { first: indent, rest: `${indent}  ` }).map(style.bad);
}

/** Who scheduled it, and where its function begins if that is another place. */
function fromText({ parent, scheduledFile, scheduledLine, file, line }: TraceEvent, view: PathView): string {
  const scheduled =
    scheduledFile === null || scheduledLine === null
      ? ''
      : placeText({ file: scheduledFile, line: scheduledLine }, view);
  const by = parent === null ? '' : `by #${parent}`;
  const own = file === null || line === null ? '' : placeText({ file, line }, view);
  const runs = own === '' || own === scheduled || scheduled === '' ? '' : `runs ${own}`;
  return [by, scheduled, runs].filter((part) => part !== '').join(' ');
}

/** Where async functions wait from now on; they go on in callbacks of their own. */
function suspendedRows({ id }: TraceEvent, indent: string, { suspensions, columns, style }: RowView): string[] {
  return (suspensions.get(id) ?? []).map(({ text, times }) => {
    const often = times === 1 ? '' : `, ${counted(times, 'time')}`;
    return (
      indent + style.quiet(truncate(`~ ${text}: suspended${often}`, Math.min(columns, widestColumns) - indent.length))
    );
  });
}

function barOf(event: TraceEvent, { widths: { longestMs }, blockMs }: RowView): string {
  const scale = Math.max(longestMs, blockMs);
  return '#'.repeat(scale > 0 ? Math.round((heldMs(event) / scale) * barWidth) : 0);
}

function printedRows({ output }: TraceEvent, indent: string, { columns, style, mostOutputLines }: RowView): string[] {
  const lines = outputLines(output);
  const shown = lines.length > mostOutputLines + 1 ? lines.slice(0, mostOutputLines) : lines;
  const more = lines.length - shown.length;
  const room = Math.min(columns, widestColumns) - indent.length - 2;
  const mark = indent + style.quiet('| ');
  return [
    ...shown.flatMap((line) =>
      foldSpans([{ text: line }], room, { text: '... ', paint: style.quiet }).map((part) => mark + part),
    ),
    ...(more > 0 ? [mark + style.quiet(`(and ${counted(more, 'line')} more)`)] : []),
  ];
}
