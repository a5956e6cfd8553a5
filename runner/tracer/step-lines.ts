// A step of a trace as a screen: the sentence, the source, the queues as they stand after it, what was printed so far. Pure,
// from where somebody is and the size of the window to lines.
import { padEnd } from '../terminal/bars.ts';
import { escapeLine } from '../terminal/escape.ts';
import { foldSpans, spansWidth, wrapSpans } from '../terminal/spans.ts';
import { truncate, wrap } from '../terminal/wrap.ts';
import { fewestQueueRows, queueLines } from './queue-lines.ts';
import { queueOf, queuesAt, type Queues } from './queues.ts';
import { sourceLines } from './source-lines.ts';
import { bottomRows, type Size } from './step-bottom.ts';
import { lastPlace, placesAt } from './step-places.ts';
import { stepSentence } from './step-words.ts';
import type { Standing, Stepper } from './stepper.ts';
import { moment, outputLines, placeText } from './trace-words.ts';
import type { Place, Step } from './trace.ts';

/** In a narrower window the queues stand below the source, unless each line of the program fits beside them. */
const besideColumns = 110;
const fewestBesideColumns = 76;
const between = '  ';
/** The sentence has its place whether it is long or short, so that nothing jumps. */
const sentenceRows = { wide: 2, narrow: 3 };
const fewestQueueColumns = 41;
const mostQueueColumns = 56;
const fewestSourceRows = 4;
const printedRowCounts = { fewest: 3, most: 6 };
/** Where lines are printed one below the other, there is no window to fill. */
const typedSourceRows = 5;
const mostTypedRows = 50;

export function stepLines(stepper: Stepper, { index }: Standing, size: Size): string[] {
  const { run, style } = stepper;
  const columns = size.columns - 1;
  const rows = Math.max(1, size.rows - bottomRows(size));
  const step: Shown = { index, step: run.trace.steps[index], queues: queuesAt(run.trace, index) };
  const title = style.heading(truncate(titleText(stepper, index), columns));
  const sentence = wrapSpans(stepSentence(run, index, stepper), Math.min(columns, 100));
  if (stepper.isTyped) {
    return [
      title,
      ...sentence,
      ...sourceRows(stepper, step, { columns, rows: typedSourceRows }),
      ...queueRows(stepper, step, { columns, rows: mostTypedRows }),
      ...printedRows(stepper, index, { columns, rows: printedRowCounts.most }),
    ];
  }
  const isWide = columns >= fewestBesideColumns;
  const head = [title, ...filled(sentence, isWide ? sentenceRows.wide : sentenceRows.narrow)];
  const box = { columns, rows: Math.max(0, rows - head.length) };
  const body = isWide && fitsBeside(stepper, columns) ? beside(stepper, step, box) : below(stepper, step, box);
  return [...head, ...body].slice(0, rows);
}

/** A moment of the trace. */
interface Shown {
  readonly index: number;
  /** undefined: the program has ended */
  readonly step: Step | undefined;
  readonly queues: Queues;
}

interface Box {
  readonly columns: number;
  readonly rows: number;
}

/** The same for all steps, so that nothing jumps. */
function fitsBeside(stepper: Stepper, columns: number): boolean {
  return columns >= besideColumns || neededWidth(stepper) <= sourceWidth(stepper, columns);
}

/** Of the program's longest line, with its number. */
function neededWidth({ run, sources }: Stepper): number {
  const source = sources.get(run.trace.file) ?? [];
  return `> ${source.length}  `.length + Math.max(0, ...source.map((line) => spansWidth(line)));
}

function beside(stepper: Stepper, shown: Shown, { columns, rows }: Box): string[] {
  const printedHeight = Math.max(printedRowCounts.fewest, Math.min(printedRowCounts.most, rows - fewestQueueRows - 3));
  const height = Math.max(0, rows - printedHeight - 1);
  const width = sourceWidth(stepper, columns);
  const source = sourceRows(stepper, shown, { columns: width, rows: height });
  const queues = queueRows(stepper, shown, { columns: columns - width - between.length, rows: height });
  const body = filled(source, height).map((line, row) =>
    `${padEnd(line, width)}${between}${queues[row] ?? ''}`.trimEnd(),
  );
  return [...body, '', ...printedRows(stepper, shown.index, { columns, rows: printedHeight })];
}

/** What the source does not need goes to the queues, and what they do not need to what was printed. */
function below(stepper: Stepper, shown: Shown, { columns, rows }: Box): string[] {
  const length = stepper.sources.get(stepper.run.trace.file)?.length ?? 0;
  // In a low window nobody sees the empty rows of the queues.
  const isLow = rows < fewestQueueRows + fewestSourceRows + printedRowCounts.fewest;
  const [queueRowCount, printedRowCount] = isLow
    ? [fewestQueueRows - 1, printedRowCounts.fewest - 1]
    : [fewestQueueRows, printedRowCounts.fewest];
  const room = Math.max(0, rows - queueRowCount - printedRowCount);
  const sourceHeight = Math.min(length + 1, room);
  const spare = room - sourceHeight;
  const more = Math.min(spare, printedRowCounts.most - printedRowCount);
  const queueHeight = queueRowCount + spare - more;
  const printed = printedRows(stepper, shown.index, { columns, rows: printedRowCount + more });
  const end = shown.step ? [] : endRows(stepper, columns);
  if (end.length > 0) return [...filled(end, sourceHeight + queueHeight), ...printed];
  const sourceBox = { columns, rows: sourceHeight > fewestSourceRows ? sourceHeight - 1 : sourceHeight };
  return [
    ...filled(sourceRows(stepper, shown, sourceBox), sourceHeight),
    ...filled(queueRows(stepper, shown, { columns, rows: queueHeight }), queueHeight),
    ...printed,
  ];
}

/**
 * The queues get half of the window, as long as that is neither too little for a name nor more than they need; less where
 * no line of the program is cut then.
 */
function sourceWidth(stepper: Stepper, columns: number): number {
  const room = columns - between.length;
  const half = room - Math.max(fewestQueueColumns, Math.min(mostQueueColumns, Math.ceil(room / 2)));
  const needed = neededWidth(stepper);
  return needed <= room - fewestQueueColumns ? Math.max(half, needed) : half;
}

/** When, and where; what happens is in the sentence. */
function titleText({ run: { trace }, cwd }: Stepper, index: number): string {
  const step = trace.steps[Math.min(index, trace.steps.length - 1)];
  const place = lastPlace(trace, index) ?? { file: trace.file, line: 1 };
  return `${moment(step?.atMs ?? 0)} ms  ${placeText(place, { file: trace.file, cwd })}`;
}

/** In the end, what nobody saw and what went wrong stands in its place. */
function sourceRows(stepper: Stepper, { index, step }: Shown, { columns, rows }: Box): string[] {
  const { run, sources, style } = stepper;
  const { trace } = run;
  const last = step ? [] : endRows(stepper, columns);
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

function endRows({ run: { trace, stderr }, style }: Stepper, columns: number): string[] {
  const text = (words: string): string[] => wrap(escapeLine(words), columns, { first: '- ', rest: '  ' });
  return [
    ...(stderr === '' ? [] : [style.heading('On standard error:')]),
    ...outputLines(stderr).map((line) => truncate(`  ${line}`, columns)),
    ...(trace.unseen.length > 0 ? [style.heading('What could not be seen:'), ...trace.unseen.flatMap(text)] : []),
  ];
}

function queueRows({ run, cwd, style }: Stepper, { step, queues }: Shown, { columns, rows }: Box): string[] {
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
  const folded = lines.flatMap((line) =>
    foldSpans([{ text: line }], columns - 2, { text: '... ', paint: style.quiet }),
  );
  const shown = folded.slice(-(rows - 1));
  const title =
    lines.length === 0
      ? 'nothing printed yet'
      : shown.length < folded.length
        ? 'printed so far, the end of it:'
        : 'printed so far:';
  return filled([style.quiet(title), ...shown.map((line) => `  ${line}`)], rows);
}

function filled(lines: readonly string[], rows: number): string[] {
  return Array.from({ length: rows }, (_, row) => lines[row] ?? '');
}
