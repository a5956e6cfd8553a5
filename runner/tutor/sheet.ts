// Lines that fill the window, scroll, and have keys below them: what a screen needs that is neither a lesson nor a lab. On
// a terminal that cannot move its cursor they are printed, and a key is typed. It knows nothing of what they say.
import { canMoveCursor, type Io, windowRows } from '../terminal/io.ts';
import { openTranscript, openWindow } from '../terminal/page-window.ts';
import type { Style } from '../terminal/style.ts';
import { readableColumns, truncate } from '../terminal/wrap.ts';

export interface Sheet {
  /** the same as long as it only grows: what is there already is not printed again */
  readonly name: string;
  readonly lines: (columns: number) => readonly string[];
  /** what keys do, as `s skip`; those that scroll are added */
  readonly keys: readonly string[];
  /** the line of the first one that must be seen; left out: the first of all */
  readonly from?: (columns: number) => number;
}

/** What follows from a key: another sheet, the end, or nothing. */
export type SheetStep<End> = { readonly show: Sheet } | { readonly end: End } | undefined;

/** How long a window must keep its size before it is drawn again: dragging its edge tells of many. */
const settleMs = 80;
const gap = '   ';
/** The line that parts the keys from the sheet, and the keys. */
const bottomRows = 2;

/**
 * Shows sheets until a key ends it.
 * @param onKey gets `s`, `ctrl-c`; `enter`, also for the space bar, only when there is nothing more below
 */
export async function showSheets<End>(
  { io, style }: { readonly io: Io; readonly style: Style },
  start: Sheet,
  onKey: (key: string) => SheetStep<End>,
): Promise<End> {
  const isTyped = !canMoveCursor(io.stdout, io.env);
  const end = Promise.withResolvers<End>();
  let sheet = start;
  let first = firstOf(sheet);
  let settling: NodeJS.Timeout | undefined;

  function firstOf({ from }: Sheet): number {
    return from?.(io.columns) ?? 0;
  }

  function layOut() {
    const lines = sheet.lines(io.columns);
    // What is printed needs no window: all of it is there.
    const height = isTyped ? lines.length : Math.max(1, windowRows(io) - bottomRows);
    const last = Math.max(0, lines.length - height);
    return { lines, height, last, first: Math.min(first, last) };
  }

  function draw(): void {
    const { lines, height, last, first } = layOut();
    const width = io.columns - 1;
    const hasMore = first < last;
    const rule = `${hasMore ? '--- more below ' : ''}`.padEnd(Math.min(width, readableColumns), '-');
    const keys = [...(hasMore ? ['space on'] : []), ...sheet.keys].join(gap);
    const bottom = [rule, truncate(keys, width)].map(style.quiet);
    window.draw({ page: sheet.name, lines, first, height, bottom });
  }

  function take(typed: string): void {
    const key = typed.toLowerCase();
    const { height, last, first: now } = layOut();
    const next = scrolled(key, { first: now, last, height });
    if (next !== undefined) first = next;
    else {
      const step = onKey(key === 'space' ? 'enter' : key);
      if (step && 'end' in step) return end.resolve(step.end);
      if (step) {
        sheet = step.show;
        first = firstOf(sheet);
      }
    }
    draw();
  }

  const window = (isTyped ? openTranscript : openWindow)(io, (key) => {
    try {
      take(key);
    } catch (error) {
      end.reject(error);
    }
  });
  const onResize = (): void => {
    clearTimeout(settling);
    settling = setTimeout(draw, settleMs);
  };
  io.stdout.on('resize', onResize);
  try {
    draw();
    return await end.promise;
  } finally {
    clearTimeout(settling);
    io.stdout.off('resize', onResize);
    window.close();
  }
}

/** @returns the line with which the window begins then; undefined when the key does not scroll */
function scrolled(
  key: string,
  { first, last, height }: { first: number; last: number; height: number },
): number | undefined {
  switch (key) {
    case 'enter':
    case 'space':
    case 'pagedown':
    case 'down':
    case 'j':
      return first < last ? Math.min(last, first + height - 1) : undefined;
    case 'p':
    case 'pageup':
    case 'up':
    case 'k':
    case 'backspace':
      return Math.max(0, first - height + 1);
    default:
      return undefined;
  }
}
