// A drill, an answer and a verdict as lines of text. Pure; it knows nothing of keys and of where the lines go.
import { joined, proseColumns } from '../terminal/block-lines.ts';
import type { ColourCode } from '../terminal/code-colours.ts';
import { foldSpans } from '../terminal/spans.ts';
import type { Style } from '../terminal/style.ts';
import { displayWidth, wrap } from '../terminal/wrap.ts';
import type { TraceEvent } from '../tracer/trace.ts';
import { letterOf } from './answer.ts';
import type { Drill } from './drill.ts';
import { demands, type Level } from './levels.ts';
import type { Format } from './program.ts';
import { rightToRise, type Standing } from './standing.ts';
import type { DrillVerdict, Mistake } from './verdict.ts';

export interface DrillView {
  readonly columns: number;
  readonly style: Style;
  readonly colourCode: ColourCode;
}

const formatNames: Readonly<Record<Format, string>> = { cjs: 'CommonJS', esm: 'an ES module' };
const indent = '  ';

/** The program, with the question. */
export function drillLines(drill: Drill, view: DrillView): string[] {
  const { style, columns } = view;
  const title = `Drill ${drill.seed}, level ${drill.level}: what is printed, in which order?`;
  const format = `${drill.fileName}, ${formatNames[drill.format]}`;
  return joined([[...prose(title, columns).map(style.heading), style.quiet(format)], programLines(drill, view)]);
}

function programLines({ source }: Drill, { columns, style, colourCode }: DrillView): string[] {
  const lines = colourCode(source.text, 'js');
  const width = String(lines.length).length;
  return lines.flatMap((spans, index) => {
    const number = { text: `${String(index + 1).padStart(width)}  `, paint: style.quiet };
    const rest = { text: `${' '.repeat(width + 4)}... `, paint: style.quiet };
    return foldSpans([number, ...spans], columns, rest);
  });
}

/** The lines that are printed, in no order, each with its letter. @param taken those that stand in the answer already */
export function choiceLines({ shuffled }: Drill, taken: readonly string[], { columns, style }: DrillView): string[] {
  const choices = shuffled.map((text, index) => {
    const letter = letterOf(index);
    return taken.includes(text) ? style.quiet(`${letter}) ${text}`) : `${style.accent(letter)}) ${text}`;
  });
  return packed(choices, columns - indent.length).map((line) => indent + line);
}

/** As many of them in a line as fit. */
export function packed(items: readonly string[], columns: number): string[] {
  const gap = '   ';
  const lines: string[] = [];
  for (const item of items) {
    const last = lines.at(-1);
    const fits = last !== undefined && displayWidth(last + gap + item) <= columns;
    if (fits) lines.push(`${lines.pop()}${gap}${item}`);
    else lines.push(item);
  }
  return lines;
}

/** What was printed beside the answer; where it was wrong, why, and what the loop did there. */
export function verdictLines(drill: Drill, verdict: DrillVerdict, view: DrillView): string[] {
  const { mistake, printed } = verdict;
  const { style, columns } = view;
  if (!mistake) return prose(`Right, all ${printed.length} lines: ${printed.join(', ')}.`, columns).map(style.good);
  // Not "line 3": the reasons speak of lines of the source.
  const place = `In place ${mistake.place + 1} comes "${mistake.came}", and you expected "${mistake.expected}".`;
  const disagreement = `This Node does not do what the course expects of drill ${drill.seed}: please report it with its version.`;
  const reason = mistake.reason.length > 0 ? mistake.reason : [disagreement];
  return joined([
    prose(`Not so. ${place}`, columns).map(style.bad),
    comparisonLines(verdict, view),
    reason.flatMap((sentence) => prose(sentence, columns)),
    loopLines(mistake, view),
  ]);
}

function comparisonLines({ answer, printed, mistake }: DrillVerdict, { columns, style }: DrillView): string[] {
  const heads = ['printed', 'your order'] as const;
  const width = Math.max(...[heads[0], ...printed].map(displayWidth));
  const row = (number: string, left: string, right: string): string =>
    `${number.padStart(3)}  ${left}${' '.repeat(width - displayWidth(left))}  ${right}`;
  const mark = columns < 50 ? '  <' : '  <- the first that differs';
  return [
    style.quiet(row('', ...heads)),
    ...printed.map((line, index) => {
      const text = row(String(index + 1), line, answer[index] ?? '');
      if (index === mistake?.place) return style.bad(text + mark);
      return line === answer[index] ? text : style.quiet(text);
    }),
  ];
}

/** More callbacks than this are not looked at one by one. */
const mostEvents = 8;

/** The callbacks from the one that printed the line that came to the one that printed the line that was expected. */
function loopLines({ came, expected, events }: Mistake, { columns, style }: DrillView): string[] {
  if (events.length === 0) return [];
  const cells = events.map(cellsOf);
  const widths = [0, 1, 2].map((column) => Math.max(...cells.map((row) => displayWidth(row[column] ?? ''))));
  const rows = cells.map((row, index) => {
    const text = row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join(indent)
      .trimEnd();
    const lines =
      displayWidth(indent + text) <= columns
        ? [indent + text]
        : wrap(text, columns, { first: indent, rest: indent.repeat(3) });
    return index === 0 || index === events.length - 1 ? lines : lines.map(style.quiet);
  });
  const isShort = rows.length <= mostEvents;
  const shown = isShort ? rows : [...rows.slice(0, mostEvents - 2), [style.quiet(`${indent}...`)], ...rows.slice(-1)];
  const title = `What the loop ran from "${came}" to "${expected}", as the tracer saw it:`;
  return [...prose(title, columns), ...shown.flat()];
}

/** `microtask`, `await in load`, `line 4`, `printed "a"` */
function cellsOf({ kind, label, line, output }: TraceEvent): string[] {
  const printed = output
    .split('\n')
    .filter((text) => text !== '')
    .map((text) => `"${text}"`);
  return [
    kind,
    label,
    line === null ? '' : `line ${line}`,
    printed.length > 0 ? `printed ${printed.join(', ')}` : 'printed nothing',
  ];
}

/**
 * The level and the row of right answers.
 * @param before the level at which the answer was given
 * @param fixed the level that was asked for, if one was
 */
export function standingText(
  { level, streak, rightInRow }: Standing,
  { before, fixed }: { readonly before: Level; readonly fixed: Level | undefined },
): string {
  const row = streak === 1 ? '1 right in a row' : `${streak} right in a row`;
  if (fixed !== undefined) return `Level ${fixed}, as you asked for; ${row}.`;
  const missing = rightToRise - rightInRow;
  const next = level + 1 in demands ? ` ${missing} more right in a row and it is level ${level + 1}.` : '';
  const where = level > before ? `Up to level ${level}` : level < before ? `Down to level ${level}` : `Level ${level}`;
  return `${where}, ${row}.${next}`;
}

export function prose(text: string, columns: number): string[] {
  return wrap(text, Math.min(columns, proseColumns));
}
