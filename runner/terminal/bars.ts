// Quantities of one unit as bars: pure, from data and a width to lines. It knows nothing of what is measured.
import { displayWidth, readableColumns, truncate } from './wrap.ts';

export interface Bar {
  readonly label: string;
  /** from 0; all bars have one scale */
  readonly length: number;
  /** the quantity as it is read: `22.1 ms` */
  readonly quantity: string;
}

/** For what is there and would take less than half a column. */
const speck = '.';
/** A label may take this part of the line. */
const labelPart = 0.4;

/** A line for each bar, none wider than `columns`, and one that explains the speck where there is one. */
export function barLines(bars: readonly Bar[], columns: number): string[] {
  const width = Math.min(columns, readableColumns);
  const widest = Math.max(...bars.map(({ label }) => displayWidth(label)));
  const labelWidth = Math.min(widest, Math.floor(width * labelPart));
  const quantityWidth = Math.max(...bars.map(({ quantity }) => displayWidth(quantity)));
  const room = Math.max(1, width - labelWidth - quantityWidth - 4);
  const longest = Math.max(...bars.map(({ length }) => length));
  const drawn = bars.map(({ length }) => drawBar(longest > 0 ? (length / longest) * room : 0));
  const lines = bars.map(({ label, quantity }, index) =>
    `${padEnd(truncate(label, labelWidth), labelWidth)}  ${padStart(quantity, quantityWidth)}  ${drawn[index]}`.trimEnd(),
  );
  return drawn.includes(speck) ? [...lines, truncate(`(${speck} is too short to be drawn)`, width)] : lines;
}

function drawBar(length: number): string {
  if (length <= 0) return '';
  return length < 0.5 ? speck : '#'.repeat(Math.round(length));
}

export function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - displayWidth(text)));
}

export function padStart(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - displayWidth(text))) + text;
}
