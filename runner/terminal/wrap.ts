// Text fitted to the width of a terminal. It knows nothing of colours but that they take no room.
import { stripVTControlCharacters } from 'node:util';

/** Made when it is first needed: that takes 8 ms, a third of what Node takes to start. */
let segmenter: Intl.Segmenter | undefined;
/** What terminals draw two columns wide: the scripts of East Asia, their full-width forms, and emoji. */
const wide =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\u3000-\u303e\uff01-\uff60\uffe0-\uffe6]/u;
/**
 * Anything but letters, punctuation, arrows, signs and lines that are one column wide and never part of a larger character:
 * telling those takes no segmenter.
 */
const unusual = /[^\x20-\x7e\xa0-\xac\xae-\u02ff\u2010-\u2027\u2190-\u21ff\u2200-\u22ff\u2500-\u257f]/;

/** Wider than this the eye loses its line, however wide the terminal is. */
export const readableColumns = 88;

/** How many columns a line takes; escape sequences for colour take none. */
export function displayWidth(line: string): number {
  const text = stripVTControlCharacters(line);
  if (!unusual.test(text)) return text.length;
  let width = 0;
  for (const grapheme of graphemesOf(text)) width += wide.test(grapheme) ? 2 : 1;
  return width;
}

function graphemesOf(text: string): string[] {
  if (!unusual.test(text)) return text.split('');
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

export interface Margins {
  /** what the first line begins with */
  readonly first?: string;
  /** what the other lines begin with */
  readonly rest?: string;
}

/**
 * Breaks one paragraph into lines of at most `columns`, between words where possible. Style the lines afterwards: a
 * colour that is open at a break stays open.
 */
export function wrap(paragraph: string, columns: number, { first = '', rest = first }: Margins = {}): string[] {
  const lines: string[] = [];
  let line = first;
  let isEmpty = true;
  const startNext = () => {
    lines.push(line);
    line = rest;
    isEmpty = true;
  };
  for (const word of paragraph.split(/\s+/).filter((word) => word !== '')) {
    if (!isEmpty && displayWidth(`${line} ${word}`) > columns) startNext();
    let left = word;
    // A word that no line can hold (a path, a URL) is broken rather than left to the terminal.
    while (displayWidth(line + left) > columns) {
      const [head, tail] = splitAt(left, columns - displayWidth(line));
      if (tail === '') break;
      line += head;
      left = tail;
      startNext();
    }
    line += isEmpty ? left : ` ${left}`;
    isEmpty = false;
  }
  lines.push(line.trimEnd());
  return lines;
}

/** The first part is at most `columns` wide, and never empty. */
export function splitAt(word: string, columns: number): [head: string, tail: string] {
  let head = '';
  let width = 0;
  for (const grapheme of graphemesOf(word)) {
    width += displayWidth(grapheme);
    if (head !== '' && width > columns) break;
    head += grapheme;
  }
  return [head, word.slice(head.length)];
}

/** Cuts a line that is too long, and shows that it did. */
export function truncate(line: string, columns: number): string {
  if (displayWidth(line) <= columns) return line;
  return `${splitAt(line, columns - 3)[0]}...`;
}
