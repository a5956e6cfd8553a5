// A few lines of a program around the one that a step is about. Pure.
import { padStart } from '../terminal/bars.ts';
import { paintSpans, spansWidth, type Span } from '../terminal/spans.ts';
import type { Style } from '../terminal/style.ts';
import { isRegionMark } from '../course/region-marks.ts';
import { displayWidth, splitAt } from '../terminal/wrap.ts';

export interface SourceView {
  readonly columns: number;
  readonly rows: number;
  readonly style: Style;
  /** counted from 1: the line that runs, and the one that handed over what runs */
  readonly current: number | undefined;
  readonly scheduled: number | undefined;
}

const currentMark = '>';
const scheduledMark = '*';
const cutMark = '...';

/** @param centre the line to be shown in the middle, counted from 1 */
export function sourceLines(lines: readonly (readonly Span[])[], centre: number, view: SourceView): string[] {
  const { columns, rows, style, current, scheduled } = view;
  const shown = withoutMarks(lines);
  const middle = shown.filter(({ number }) => number < centre).length;
  const first = Math.max(0, Math.min(middle - Math.floor(rows / 2), shown.length - rows));
  const numberWidth = String(lines.length).length;
  return shown.slice(first, first + rows).map(({ line, number }) => {
    const isCurrent = number === current;
    const mark = isCurrent ? currentMark : number === scheduled ? scheduledMark : ' ';
    const margin = `${mark} ${padStart(String(number), numberWidth)}  `;
    const text = fitted(line, columns - margin.length, style);
    return `${isCurrent ? style.strong(margin) : style.quiet(margin)}${text}`.trimEnd();
  });
}

/** As in the lesson that quotes it, but with the numbers that an editor shows. */
function withoutMarks(lines: readonly (readonly Span[])[]): { line: readonly Span[]; number: number }[] {
  return lines
    .map((line, index) => ({ line, number: index + 1 }))
    .filter(({ line }) => !isRegionMark(line.map(({ text }) => text).join('')));
}

/** What is too long is cut. */
function fitted(spans: readonly Span[], columns: number, style: Style): string {
  if (spansWidth(spans) <= columns) return paintSpans(spans);
  const shown: Span[] = [];
  let room = columns - cutMark.length;
  for (const span of spans) {
    const width = displayWidth(span.text);
    shown.push(width <= room ? span : { ...span, text: splitAt(span.text, room)[0] });
    room -= width;
    if (room <= 0) break;
  }
  return `${paintSpans(shown)}${style.quiet(cutMark)}`;
}
