// A trace as a timeline: a row for each callback in order of start, in turns of the loop, with the time in which it waited
// between them. Pure, from data and a width to lines. It knows nothing of how a trace is made.
import { wrap } from '../terminal/wrap.ts';
import { escapeText } from '../terminal/escape.ts';
import type { Style } from '../terminal/style.ts';
import { joined, proseColumns } from '../terminal/block-lines.ts';
import { foldSpans } from '../terminal/spans.ts';
import { blockRows, eventRows, rowIndent, widthsOf, type RowView } from './event-rows.ts';
import { foldRepeats } from '../terminal/fold-repeats.ts';
import { suspensionsOf } from './suspensions.ts';
import { counted, duration, endingText, moment, outputLines, pathText } from './trace-words.ts';
import type { TracedRun, TraceEvent } from './trace.ts';
import { defaultBlockMs, heldMs, turnsOf, type Turn } from './turns.ts';

export interface TraceView {
  readonly columns: number;
  readonly style: Style;
  /** paths are shown from here: the folder of the learner's shell */
  readonly cwd: string;
  /** what holds the loop for longer than this many milliseconds stands out */
  readonly blockMs?: number;
  /** nothing is left out, however long it gets */
  readonly isWhole?: boolean;
}

/** A shorter pause is only the way from one callback to the next. */
const leastPauseMs = 1;
const fold = { longest: 4, least: 4 };
const mostOutputLines = 8;
const mostErrorLines = 20;
const legend =
  'Each row: when it began, what ran it, its number and name, who scheduled it and where, how long it held the loop.';

export function traceLines(run: TracedRun, view: TraceView): string[] {
  const { trace } = run;
  const { columns, style, cwd, blockMs = defaultBlockMs, isWhole = false } = view;
  const rows: RowView = {
    columns,
    style,
    cwd,
    file: trace.file,
    blockMs,
    widths: widthsOf(trace.events, { file: trace.file, cwd }),
    suspensions: suspensionsOf(trace, { file: trace.file, cwd }),
    mostOutputLines: isWhole ? Number.MAX_SAFE_INTEGER : mostOutputLines,
  };
  return joined([
    headLines(run, view),
    isWhole ? turnsOf(trace).flatMap((turn) => turnRows(turn, rows, false)) : foldedTurns(turnsOf(trace), rows),
    tailLines(run, view),
  ]);
}

function headLines({ trace }: TracedRun, { columns, style, cwd }: TraceView): string[] {
  const width = Math.min(columns, proseColumns);
  const title = wrap(`Trace of ${pathText(trace.file, cwd)}`, width).map(style.heading);
  const turns = turnsOf(trace);
  const [first, last] = [turns[0], turns.at(-1)];
  if (!first || !last) return [...title, ...wrap('No callback of it was seen.', width)];
  const held = turns.reduce((sum, turn) => sum + heldMs(turn), 0);
  const count = counted(trace.events.length, 'callback');
  const summary = `${count} in ${duration(last.endMs - first.startMs)}, of which they held the loop for ${duration(held)}.`;
  return [...title, ...wrap(summary, width), ...wrap(legend, width).map(style.quiet)];
}

/** Turns that are alike are shown once. */
function foldedTurns(turns: readonly Turn[], view: RowView): string[] {
  const keys = turns.map(({ events }) => events.map((event) => keyOf(event, view)).join('\n'));
  return foldRepeats(keys, fold).flatMap(({ start, size, times }) => {
    const shown = turns.slice(start, start + size).flatMap((turn) => turnRows(turn, view, true));
    if (times === 1) return shown;
    const rest = turns.slice(start + size, start + size * times);
    const held = rest.reduce((sum, turn) => sum + heldMs(turn), 0);
    const until = `until ${moment(rest.at(-1)?.endMs ?? 0)} ms`;
    return [...shown, ...moreRows(rest.length, size, `${until}; they held the loop for ${duration(held)}`, '', view)];
  });
}

function turnRows(turn: Turn, view: RowView, isFolding: boolean): string[] {
  const { events, pausedMs } = turn;
  const pause = turn.isWait ? `the loop waited ${duration(pausedMs)}` : `for ${duration(pausedMs)} nothing of it ran`;
  const paused = pausedMs >= leastPauseMs ? [rowIndent(false, view) + view.style.quiet(`(${pause})`)] : [];
  const isOneBlock = events.some((event) => heldMs(event) > view.blockMs);
  const together =
    !isOneBlock && heldMs(turn) > view.blockMs
      ? blockRows(`Together these ${counted(events.length, 'callback')}`, heldMs(turn), rowIndent(false, view), view)
      : [];
  const repeats = isFolding
    ? foldRepeats(
        events.map((event) => keyOf(event, view)),
        fold,
      )
    : events.map((_, start) => ({ start, size: 1, times: 1 }));
  const rows = repeats.flatMap(({ start, size, times }) => {
    const shown = events
      .slice(start, start + size)
      .flatMap((event, index) => eventRows(event, start + index > 0, view));
    if (times === 1) return shown;
    const rest = events.slice(start + size, start + size * times);
    const held = rest.reduce((sum, event) => sum + heldMs(event), 0);
    return [...shown, ...moreRows(rest.length, size, `they held the loop for ${duration(held)}`, '  ', view)];
  });
  return [...paused, ...rows, ...together];
}

/** What was left out. */
function moreRows(count: number, size: number, what: string, indent: string, view: RowView): string[] {
  const like = size === 1 ? 'like this' : `like these ${size}, by turns`;
  const margin = rowIndent(false, view) + indent;
  return wrap(`... ${count.toLocaleString('en')} more ${like}, ${what}`, view.columns, {
    first: margin,
    rest: `${margin}    `,
  }).map(view.style.quiet);
}

/** Two callbacks are alike when a reader could not tell them apart but for the time, and both block the loop or neither. */
function keyOf(event: TraceEvent, { blockMs, suspensions }: RowView): string {
  const { kind, label, file, line, scheduledFile, scheduledLine, output } = event;
  return JSON.stringify([
    kind,
    label,
    file,
    line,
    scheduledFile,
    scheduledLine,
    output,
    heldMs(event) > blockMs,
    suspensions.get(event.id),
  ]);
}

function tailLines({ trace, ending, stderr }: TracedRun, { columns, style, isWhole = false }: TraceView): string[] {
  const width = Math.min(columns, proseColumns);
  const errors = outputLines(stderr);
  const shown = isWhole ? errors : errors.slice(0, mostErrorLines);
  const more = errors.length - shown.length;
  const isGood = ending.kind === 'exit' && ending.code === 0;
  return joined([
    errors.length === 0
      ? []
      : [
          style.heading('On standard error:'),
          ...shown.flatMap((line) =>
            foldSpans([{ text: line }], columns - 2, { text: '... ', paint: style.quiet }).map((part) => `  ${part}`),
          ),
          ...(more > 0 ? [style.quiet(`  (and ${counted(more, 'line')} more)`)] : []),
        ],
    wrap(endingText(ending), width).map(isGood ? (line) => line : style.bad),
    trace.unseen.length === 0
      ? []
      : [
          style.heading('What could not be seen:'),
          ...trace.unseen.flatMap((sentence) => wrap(escapeText(sentence), width, { first: '- ', rest: '  ' })),
        ],
  ]);
}
