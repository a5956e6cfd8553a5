// The page "what you have measured so far" as lines of text. Pure.
import { dateInWords } from '../course/local-date.ts';
import { numberTable } from '../terminal/number-table.ts';
import type { Style } from '../terminal/style.ts';
import { displayWidth, readableColumns, wrap } from '../terminal/wrap.ts';
import { quantity, quantityRange } from '../timing/quantity.ts';
import type { Cost, MeasuredCost } from './costs.ts';

type Measured = Cost & { readonly measured: MeasuredCost };

/** Between two columns of the table. */
const gap = 2;

/** None is wider than `columns`, from 60 on. */
export function costLines(costs: readonly Cost[], machine: string, columns: number, style: Style): string[] {
  const width = Math.min(columns, readableColumns);
  const measured = costs.filter((cost): cost is Measured => cost.measured !== null);
  const blocks = [
    wrap('What you have measured so far', width).map(style.heading),
    wrap(introduction(measured.length, costs.length, machine), width),
    measuredLines(measured, width),
    openLines(
      costs.filter((cost) => cost.measured === null),
      width,
      style,
    ),
  ];
  return blocks.filter((lines) => lines.length > 0).flatMap((lines, index) => (index === 0 ? lines : ['', ...lines]));
}

function introduction(measured: number, all: number, machine: string): string {
  if (all === 0) return 'No demo of this course measures what one thing costs.';
  if (measured === 0) return 'Nothing yet. A demo that you run, in a lesson or by its command, puts its numbers here.';
  return `What one thing costs on this machine (${machine}), each as it was measured last.`;
}

/** A table where it fits, else two lines for each. */
function measuredLines(costs: readonly Measured[], width: number): string[] {
  if (costs.length === 0) return [];
  const rows = costs.map(({ thing, lesson, measured }) => [
    thing,
    quantity(measured.median, measured.unit),
    quantityRange(measured, measured.unit),
    lesson.id,
    dateOf(measured),
  ]);
  const heads = ['', 'median', '95 % interval', 'lesson', 'measured'];
  const needed = heads.map((_, column) => Math.max(...[heads, ...rows].map((row) => displayWidth(row[column] ?? ''))));
  if (needed.reduce((sum, one) => sum + one + gap) <= width) return numberTable(heads, rows, width);
  return rows.flatMap(([thing = '', median, range, lesson, date]) => [
    ...wrap(thing, width),
    ...wrap(`${median} (${range}), lesson ${lesson}, ${date}`, width, { first: '    ' }),
  ]);
}

/** `2026-11-21`, and whether it was measured in a hurry. */
function dateOf({ at, pace }: MeasuredCost): string {
  return `${dateInWords(at).split(',', 1)[0]}${pace === 'quick' ? ', quick' : ''}`;
}

/** Which demo measures what is still open. */
function openLines(costs: readonly Cost[], width: number, style: Style): string[] {
  const demos = Map.groupBy(costs, ({ demo }) => demo);
  return [...demos].flatMap(([demo, open], index) => [
    ...(index === 0 ? wrap('Not measured on this machine yet:', width) : []),
    ...wrap(`${open.map(({ thing }) => thing).join('; ')}.`, width, { first: '  ' }),
    ...wrap(`npx interleave demo ${demo}`, width, { first: '    ' }).map(style.accent),
  ]);
}
