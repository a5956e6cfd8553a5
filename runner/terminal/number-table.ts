// A name in each row and numbers behind it, in columns. Pure; it knows nothing of what is measured.
import { padEnd, padStart } from './bars.ts';
import { displayWidth, readableColumns, truncate } from './wrap.ts';

const gap = '  ';
/** A name is cut rather than the numbers, down to this. */
const shortestName = 10;

/**
 * The heads, then the rows; names on the left, all else on the right. None is wider than `columns`, as long as the
 * numbers leave room for a name.
 */
export function numberTable(heads: readonly string[], rows: readonly (readonly string[])[], columns: number): string[] {
  const table = [heads, ...rows];
  const widths = heads.map((_, column) => Math.max(...table.map((row) => displayWidth(row[column] ?? ''))));
  const [widest = 0, ...others] = widths;
  const left = Math.min(columns, readableColumns) - others.reduce((sum, width) => sum + width + gap.length, 0);
  const nameWidth = Math.min(widest, Math.max(shortestName, left));
  return table.map(([name = '', ...cells]) =>
    [
      padEnd(truncate(name, nameWidth), nameWidth),
      ...cells.map((cell, index) => padStart(cell, others[index] ?? 0)),
    ].join(gap),
  );
}
