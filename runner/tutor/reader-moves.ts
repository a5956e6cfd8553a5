// Where the window begins on a page of a lesson, after a step of the reader. Pure.
import { viewOf, type View } from './reader-bottom.ts';
import { spotOf, type Stretch } from './reader-lines.ts';
import type { Book, Reading } from './reader-state.ts';

export function toPage(reading: Reading, page: number): Reading {
  return { ...reading, page, top: { part: 0, line: 0 } };
}

/** The window never begins so late that it would not be full. */
export function toLine(reading: Reading, { layout, height }: View, line: number): Reading {
  return { ...reading, top: spotOf(layout, Math.max(0, Math.min(line, layout.lines.length - height))) };
}

/** Moves the window no farther than need be; of what is longer than it the beginning is shown. */
export function bringIn(book: Book, reading: Reading, { start, end }: Stretch): Reading {
  const view = viewOf(book, reading);
  const { first, height } = view;
  if (start >= first && end <= first + height) return toLine(reading, view, first);
  return toLine(reading, view, start < first ? start : Math.min(start, end - height));
}
