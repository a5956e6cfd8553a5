// The learner's own lines beside the steps: reads the files that a schedule names, and cuts a line to the room that there is
// so that the operation stays in sight.
import { readFileSync } from 'node:fs';
import { escapeLine } from '../../terminal/escape.ts';
import type { Span } from '../../terminal/spans.ts';
import type { Style } from '../../terminal/style.ts';
import { displayWidth, splitAt } from '../../terminal/wrap.ts';
import type { Place } from '../engine/operation.ts';

/** Lines of files by their absolute paths; those that could not be read are missing. */
export type Sources = ReadonlyMap<string, readonly string[]>;

/** Larger ones are no programs that somebody wrote. */
const mostCharacters = 1_000_000;
const cutMark = '...';

export function readSources(files: Iterable<string>): Sources {
  const sources = new Map<string, readonly string[]>();
  for (const file of new Set(files)) {
    try {
      const text = readFileSync(file, 'utf8');
      if (text.length <= mostCharacters) sources.set(file, text.split(/\r?\n/));
    } catch {
      // It is gone, or was never a file: the picture does without its lines.
    }
  }
  return sources;
}

/** For those who look for what they have printed; nothing where the code prints nothing. */
export function printingWords(files: readonly string[]): string[] {
  const isPrinting = [...readSources(files).values()].flat().some((line) => /^[^/]*\bconsole\.\w+\(/.test(line));
  return isPrinting ? ['What the code prints is left out: it is run many times, and in pieces.'] : [];
}

/** A line without its indentation, and where in it the operation stands. */
export interface SourceLine {
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

export function sourceLine(sources: Sources, place: Place | undefined): SourceLine | undefined {
  const raw = place && sources.get(place.file)?.[place.line - 1];
  if (!place || raw === undefined) return undefined;
  const indent = /^\s*/.exec(raw)?.[0].length ?? 0;
  // Escaping one character at a time keeps the column true.
  const shown = (part: string): string => escapeLine(part.replaceAll('\t', ' '));
  const column = Math.max(indent, Math.min(raw.length, place.column - 1));
  const [from, to] = operationAt(raw, column);
  return {
    text: shown(raw.slice(indent).trimEnd()),
    from: shown(raw.slice(indent, from)).length,
    to: shown(raw.slice(indent, to)).length,
  };
}

/** V8 names the place of a call by the method, and that of a plain access by its expression or its operator. */
function operationAt(raw: string, column: number): readonly [from: number, to: number] {
  const object = /[\w$]+(?:\?\.|\.)$/.exec(raw.slice(0, column))?.[0].length ?? 0;
  const rest = /^[\w$]+(?:[!?]?\.[\w$]+)*(?:\[[^\][]*\]|\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\))?/.exec(
    raw.slice(column),
  );
  return [column - object, column + (rest?.[0].length ?? 1)];
}

/** At most `columns` wide; the operation stands out. */
export function sourceSpans({ text, from, to }: SourceLine, columns: number, style: Style): Span[] {
  const [first, room] = windowOf({ text, from, to }, columns);
  const mark: Span[] = first > 0 ? [{ text: cutMark, paint: style.quiet }] : [];
  let end = first + splitAt(text.slice(first), room)[0].length;
  const isCut = end < text.length;
  if (isCut) end = first + splitAt(text.slice(first), room - cutMark.length)[0].length;
  const part = (a: number, b: number, paint?: Span['paint']): Span[] => {
    const piece = text.slice(Math.max(a, first), Math.min(b, end));
    return piece === '' ? [] : [{ text: piece, paint }];
  };
  return [
    ...mark,
    ...part(0, from, style.quiet),
    ...part(from, to, style.accent),
    ...part(to, text.length, style.quiet),
    ...(isCut ? [{ text: cutMark, paint: style.quiet }] : []),
  ];
}

/** Where what is shown begins, and the room for it. */
function windowOf({ text, to, from }: SourceLine, columns: number): readonly [first: number, room: number] {
  if (displayWidth(text.slice(0, to)) + cutMark.length <= columns || displayWidth(text) <= columns) return [0, columns];
  const room = columns - cutMark.length;
  const first = Math.min(from, to + cutMark.length - room);
  return [first, first > 0 ? room : columns];
}
