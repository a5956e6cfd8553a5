// Lines that are made of differently coloured stretches: they are broken while colours still take no room, and painted
// last, so that no colour is open at the end of a line. It knows nothing of what the stretches mean.
import { displayWidth, splitAt, type Margins } from './wrap.ts';

/** A stretch of text that looks the same all along. */
export interface Span {
  readonly text: string;
  readonly paint?: ((text: string) => string) | undefined;
}

/** A space at which no line is broken. */
export const hardSpace = '\u00a0';

export function paintSpans(spans: readonly Span[]): string {
  return spans.map(({ text, paint }) => (paint && text !== '' ? paint(text) : text)).join('');
}

export function spansWidth(spans: readonly Span[]): number {
  return displayWidth(textOf(spans));
}

/**
 * Breaks one paragraph between words where possible, and wherever it has a `\n`.
 * @returns painted lines of at most `columns`
 */
export function wrapSpans(
  spans: readonly Span[],
  columns: number,
  { first = '', rest = first }: Margins = {},
): string[] {
  const text = textOf(spans);
  const lines: string[] = [];
  let at = skipSpaces(text, 0);
  do {
    const margin = lines.length === 0 ? first : rest;
    const end = lineEnd(text, at, columns - displayWidth(margin));
    const line = margin + paintSpans(slice(spans, at, at + text.slice(at, end).trimEnd().length));
    lines.push(softened(line));
    at = skipSpaces(text, text[end] === '\n' ? end + 1 : end);
  } while (at < text.length);
  return lines.map((line) => line.trimEnd());
}

/**
 * Breaks a line of code, whose spaces all count: behind a space or a bracket where there is one in the second half.
 * @param rest what the other lines begin with
 */
export function foldSpans(spans: readonly Span[], columns: number, rest: Span): string[] {
  const text = textOf(spans);
  const lines: string[] = [];
  let at = 0;
  do {
    const margin = lines.length === 0 ? [] : [rest];
    const width = Math.max(1, columns - spansWidth(margin));
    const most = at + fitting(text.slice(at), width);
    const good = /^.*[\s([{,]/s.exec(text.slice(at, most))?.[0].length ?? 0;
    const end = most < text.length && good > width / 2 ? at + good : most;
    lines.push(paintSpans([...margin, ...slice(spans, at, end)]));
    at = end;
  } while (at < text.length);
  return lines;
}

function textOf(spans: readonly Span[]): string {
  return spans.map(({ text }) => text).join('');
}

/** Where the line that begins at `at` ends. */
function lineEnd(text: string, at: number, columns: number): number {
  const newline = text.indexOf('\n', at);
  const end = at + fitting(text.slice(at, newline < 0 ? undefined : newline), columns);
  if (end === text.length || text[end] === ' ' || text[end] === '\n') return end;
  const space = text.lastIndexOf(' ', end);
  return space > at ? space : end;
}

/** How much of a text `columns` hold, at least one character. */
function fitting(text: string, columns: number): number {
  if (text === '') return 0;
  // Looking at all that is left for each line of it would take quadratic time.
  const near = text.slice(0, 8 * Math.max(8, columns));
  return displayWidth(near) <= columns ? near.length : splitAt(near, columns)[0].length;
}

function skipSpaces(text: string, at: number): number {
  let next = at;
  while (text[next] === ' ') next += 1;
  return next;
}

function softened(line: string): string {
  return line.replaceAll(hardSpace, ' ');
}

function slice(spans: readonly Span[], from: number, to: number): Span[] {
  const parts: Span[] = [];
  let at = 0;
  for (const span of spans) {
    const text = span.text.slice(Math.max(0, from - at), Math.max(0, to - at));
    if (text !== '') parts.push({ ...span, text });
    at += span.text.length;
  }
  return parts;
}
