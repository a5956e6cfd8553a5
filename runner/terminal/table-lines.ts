// A table as lines: columns side by side where they fit, with cells of several lines where need be; else row below row, each
// cell behind its column's name. It knows nothing of where the table comes from.
import type { Cell, Table } from '../course/blocks.ts';
import { inlineSpans, type SentenceView } from './inline-spans.ts';
import { spansWidth, wrapSpans, type Span } from './spans.ts';
import { displayWidth } from './wrap.ts';

const gap = '  ';
/** A column can be as narrow as its longest word, and no word makes it wider than this. */
const widestWord = 20;

type Row = readonly (readonly Span[])[];

/** @param columns the width of the terminal: a table may be wider than prose */
export function tableLines(table: Table, view: SentenceView & { readonly columns: number }): string[] {
  const spansOf = (cells: readonly Cell[]): Row => cells.map((cell) => inlineSpans(cell, view));
  const head = spansOf(table.head);
  const rows = table.rows.map(spansOf);
  const widths = columnWidths([head, ...rows], view.columns);
  return widths ? sideBySide(head, rows, widths, table, view) : stacked(head, rows, view);
}

/** The width of each column, or undefined when they cannot stand side by side. */
function columnWidths(rows: readonly Row[], columns: number): number[] | undefined {
  const across = rows[0]?.map((_, index) => rows.map((row) => row[index] ?? [])) ?? [];
  const widest = across.map((cells) => Math.max(1, ...cells.map(spansWidth)));
  const narrowest = across.map((cells, index) =>
    Math.min(widest[index] ?? 1, widestWord, Math.max(1, ...cells.map(longestWord))),
  );
  const room = columns - gap.length * (across.length - 1);
  if (sum(widest) <= room) return widest;
  if (sum(narrowest) > room) return undefined;
  // The widest columns give way first.
  for (let most = room; ; most--) {
    const widths = widest.map((width, index) => Math.max(narrowest[index] ?? 1, Math.min(width, most)));
    if (sum(widths) <= room) return widths;
  }
}

function longestWord(cell: readonly Span[]): number {
  const text = cell.map((span) => span.text).join('');
  return Math.max(...text.split(/[ \n]/).map(displayWidth));
}

function sideBySide(
  head: Row,
  rows: readonly Row[],
  widths: readonly number[],
  { alignments }: Table,
  { style }: SentenceView,
): string[] {
  const lay = (row: Row): string[] => {
    const cells = widths.map((width, index) => wrapSpans(row[index] ?? [], width));
    const height = Math.max(...cells.map((lines) => lines.length));
    return Array.from({ length: height }, (_, line) =>
      cells
        .map((lines, index) => align(lines[line] ?? '', widths[index] ?? 0, alignments[index]))
        .join(gap)
        .trimEnd(),
    );
  };
  const isTall = rows.some((row) => lay(row).length > 1);
  return [
    ...lay(head).map((line) => style.heading(line)),
    style.quiet(widths.map((width) => '-'.repeat(width)).join(gap)),
    // Where cells take several lines a row ends where an empty line says so.
    ...rows.flatMap((row, index) => (isTall && index > 0 ? ['', ...lay(row)] : lay(row))),
  ];
}

function align(line: string, width: number, alignment: Table['alignments'][number] = 'left'): string {
  const free = Math.max(0, width - displayWidth(line));
  const before = alignment === 'right' ? free : alignment === 'center' ? Math.floor(free / 2) : 0;
  return ' '.repeat(before) + line + ' '.repeat(free - before);
}

function stacked(
  head: Row,
  rows: readonly Row[],
  { columns, style }: SentenceView & { readonly columns: number },
): string[] {
  return rows.flatMap((row, index) => [
    ...(index > 0 ? [''] : []),
    ...row.flatMap((cell, column) => {
      const name = (head[column] ?? []).map((span) => ({ text: span.text, paint: style.heading }));
      const isFirst = column === 0;
      return wrapSpans([...name, { text: ': ' }, ...cell], columns, { first: isFirst ? '' : '  ', rest: '    ' });
    }),
  ]);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
