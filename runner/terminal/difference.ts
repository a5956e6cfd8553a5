// The one door to `diff`: what changes between two texts, as lines in the unified format. Both texts are taken as
// hostile. It knows nothing of whose they are.
import { structuredPatch } from 'diff';
import { escapeText } from './escape.ts';
import { foldSpans } from './spans.ts';
import type { Style } from './style.ts';

export interface NamedText {
  readonly name: string;
  readonly text: string;
}

/** Finding the shortest difference of two texts takes time that grows with the square of this number of lines. */
const mostChanges = 2_000;

/** @returns no lines when the two are the same, but for how their lines end */
export function differenceLines(from: NamedText, to: NamedText): string[] {
  const patch = structuredPatch(from.name, to.name, from.text, to.text, undefined, undefined, {
    context: 3,
    stripTrailingCr: true,
    maxEditLength: mostChanges,
  });
  const names = [`--- ${escapeText(from.name)}`, `+++ ${escapeText(to.name)}`];
  if (patch === undefined) return [...names, '(so little is the same that a comparison says nothing)'];
  if (patch.hunks.length === 0) return [];
  return [
    ...names,
    ...patch.hunks.flatMap(({ oldStart, oldLines, newStart, newLines, lines }) => [
      `@@ -${range(oldStart, oldLines)} +${range(newStart, newLines)} @@`,
      ...lines.map(escapeText),
    ]),
  ];
}

/** The format counts from the line before where there are none. */
function range(start: number, lines: number): string {
  return `${lines === 0 ? start - 1 : start},${lines}`;
}

/** A difference for the terminal: coloured, and broken where a line of code may be. */
export function shownDifference(lines: readonly string[], columns: number, style: Style): string[] {
  return lines.flatMap((line) => {
    const paint = paintOf(line, style);
    return foldSpans([{ text: line, paint }], columns, { text: `${line.slice(0, 1)}  ... `, paint });
  });
}

function paintOf(line: string, style: Style): ((text: string) => string) | undefined {
  if (line.startsWith('@@')) return style.accent;
  if (line.startsWith('+')) return style.added;
  return line.startsWith('-') ? style.removed : undefined;
}
