// A step of a trace as a screen: the sentence, the source, the queues as they stand after it, what was printed so far. Pure,
// from where somebody is and the size of the window to lines.
import { padEnd } from '../terminal/bars.ts';
import { escapeLine } from '../terminal/escape.ts';
import { wrapSpans, foldSpans } from '../terminal/spans.ts';
import type { Style } from '../terminal/style.ts';
import { truncate, wrap } from '../terminal/wrap.ts';
import { fewestQueueRows, queueLines } from './queue-lines.ts';
import { queueOf, queuesAt, type Queues } from './queues.ts';
import { sourceLines } from './source-lines.ts';
import { bottomRows, type Size } from './step-bottom.ts';
import { lastPlace, placesAt } from './step-places.ts';
import { stepSentence } from './step-words.ts';
import type { Standing, Stepper } from './stepper.ts';
import { moment, outputLines, placeText } from './trace-words.ts';
import type { Place, Step, TracedRun } from './trace.ts';

/** In a narrower window the queues stand below the source, not beside it. */
const besideColumns = 76;
const between = '  ';
/** The sentence has its place whether it is long or short, so that nothing jumps. */
const sentenceRows = { wide: 2, narrow: 3 };
const fewestSourceRows = 4;
const fewestQueueColumns = 41;
const mostQueueColumns = 56;
const mostPrintedRows = 5;
const fewestPrintedRows = 2;
/** Where lines are printed one below the other, there is no window to fill. */
const typedSourceRows = 5;

export function stepLines(stepper: Stepper, { index }: Standing, size: Size): string[] {
  const { run, style } = stepper;
  const { steps } = run.trace;
  const columns = size.columns - 1;
  const isWide = columns >= besideColumns;
  const rows = Math.max(1, size.rows - bottomRows(size));
  const at = Math.min(index, steps.length - 1);
  const step = steps[index];
  const queues = queuesAt(run.trace, at);
  const title = style.heading(truncate(titleText(stepper, index), columns));
  const sentence = wrapSpans(stepSentence(run, index, stepper), Math.min(columns, 100));
  if (stepper.isTyped) {
    const parts = { columns, style, rows: Number.MAX_SAFE_INTEGER };
    return [
      title,
      ...sentence,
      ...sourceRows(stepper, index, { ...parts, rows: typedSourceRows }),
      ...queueRows(stepper, queues, step, parts),
      ...printedRows(stepper, index, { ...parts, rows: mostPrintedRows }),
    ];
  }
  const head = [title, ...filled(sentence, isWide ? sentenceRows.wide : sentenceRows.narrow)];
  const left = Math.max(0, rows - head.length);
  if (isWide) {
    const printed = printedRows(stepper, index, {
      columns,
      rows: Math.min(mostPrintedRows, Math.max(fewestPrintedRows, left - 12)),
    });
    const height = Math.max(0, left - printed.length - 1);
    const half = sourceWidth(columns);
    const source = sourceRows(stepper, index, { columns: half, rows: height });
    const beside = queueRows(stepper, queues, step, { columns: columns - half - between.length, rows: height });
    const body = Array.from({ length: height }, (_, row) =>
      `${padEnd(source[row] ?? '', half)}${between}${beside[row] ?? ''}`.trimEnd(),
    );
    return [...head, ...body, '', ...printed].slice(0, rows);
  }
  const queueHeight = Math.min(
    fewestQueueRows + 3,
    Math.max(fewestQueueRows, left - fewestSourceRows - mostPrintedRows),
  );
  const beside = queueRows(stepper, queues, step, { columns, rows: queueHeight });
  const printed = printedRows(stepper, index, { columns, rows: fewestPrintedRows });
  const source = filled(
    sourceRows(stepper, index, { columns, rows: Math.max(0, left - queueHeight - printed.length) }),
    Math.max(0, left - queueHeight - printed.length),
  );
  return [...head, ...source, ...filled(beside, queueHeight), ...printed].slice(0, rows);
}

/** The queues get half of the window, as long as that is neither too little for a name nor more than they need. */
function sourceWidth(columns: number): number {
  const room = columns - between.length;
  return room - Math.max(fewestQueueColumns, Math.min(mostQueueColumns, Math.ceil(room / 2)));
}

/** When, and where; what happens is in the sentence. */
function titleText({ run: { trace }, cwd }: Stepper, index: number): string {
  const step = trace.steps[Math.min(index, trace.steps.length - 1)];
  const place = lastPlace(trace, index) ?? { file: trace.file, line: 1 };
  return `${moment(step?.atMs ?? 0)} ms  ${placeText(place, { file: trace.file, cwd })}`;
}

interface Box {
  readonly columns: number;
  readonly rows: number;
}

/** In the end, what nobody saw and what went wrong stands in its place. */
function sourceRows(stepper: Stepper, index: number, { columns, rows }: Box): string[] {
  const { run, sources, style } = stepper;
  const { trace } = run;
  const step = trace.steps[index];
  const last = step ? [] : endRows(run, style, columns);
  if (last.length > 0) return last.slice(0, rows);
  const place = lastPlace(trace, index);
  const file = place?.file ?? trace.file;
  const source = sources.get(file);
  if (!source) return [style.quiet(truncate('(its source is not here)', columns))];
  const { current, scheduled } = step ? placesAt(trace, step) : {};
  const lineIn = (one: Place | undefined): number | undefined => (one?.file === file ? one.line : undefined);
  return sourceLines(source, place?.line ?? 1, {
    columns,
    rows,
    style,
    current: lineIn(current),
    scheduled: lineIn(scheduled),
  });
}

function endRows({ trace, stderr }: TracedRun, style: Style, columns: number): string[] {
  const text = (words: string): string[] => wrap(escapeLine(words), columns, { first: '- ', rest: '  ' });
  return [
    ...(trace.unseen.length > 0 ? [style.heading('What could not be seen:'), ...trace.unseen.flatMap(text)] : []),
    ...(stderr === '' ? [] : [style.heading('On standard error:')]),
    ...outputLines(stderr).map((line) => truncate(line, columns)),
  ];
}

function queueRows(
  { run, cwd, style }: Stepper,
  queues: Queues,
  step: Step | undefined,
  { columns, rows }: Box,
): string[] {
  const task = step?.kind === 'schedule' || step?.kind === 'ready' ? step.task : undefined;
  const running = queues.stack.at(-1);
  return queueLines(queues, {
    columns,
    rows,
    style,
    cwd,
    file: run.trace.file,
    arrived: task,
    active: running && running.kind !== 'script' ? queueOf(running) : undefined,
  });
}

/** The end of what was printed so far. */
function printedRows({ run, style }: Stepper, index: number, { columns, rows }: Box): string[] {
  const printed: string[] = [];
  // The end is enough; a program may print a lot.
  for (let at = Math.min(index, run.trace.steps.length - 1); at >= 0 && printed.length < 200; at--) {
    const step = run.trace.steps[at];
    if (step?.kind === 'print') printed.push(step.text);
  }
  const lines = outputLines(printed.toReversed().join(''));
  const shown = lines
    .flatMap((line) => foldSpans([{ text: line }], columns - 2, { text: '... ', paint: style.quiet }))
    .slice(-(rows - 1));
  return filled(
    [style.quiet(lines.length === 0 ? 'nothing printed yet' : 'printed so far:'), ...shown.map((line) => `  ${line}`)],
    rows,
  );
}

function filled(lines: readonly string[], rows: number): string[] {
  return Array.from({ length: rows }, (_, row) => lines[row] ?? '');
}
