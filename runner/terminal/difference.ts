// The one door to `diff`: what changes between two texts, as lines in the unified format. Both texts are taken as
// hostile. It knows nothing of whose they are.
import { structuredPatch } from 'diff';
import { escapeText } from './escape.ts';
import type { Style } from './style.ts';

export interface NamedText {
  readonly name: string;
  readonly text: string;
}

/** Finding the shortest difference of two texts takes time that grows with the square of this number of lines. */
const mostChanges = 2_000;

/** @returns no lines when the two are the same, but for how their lines end */
export function differenceLines(from: NamedText, to: NamedText, style: Style): string[] {
  const patch = structuredPatch(from.name, to.name, from.text, to.text, undefined, undefined, {
    context: 3,
    stripTrailingCr: true,
    maxEditLength: mostChanges,
  });
  const names = [style.removed(`--- ${escapeText(from.name)}`), style.added(`+++ ${escapeText(to.name)}`)];
  if (patch === undefined) return [...names, '(so little is the same that a comparison says nothing)'];
  if (patch.hunks.length === 0) return [];
  return [
    ...names,
    ...patch.hunks.flatMap(({ oldStart, oldLines, newStart, newLines, lines }) => [
      style.accent(`@@ -${range(oldStart, oldLines)} +${range(newStart, newLines)} @@`),
      ...lines.map((line) => styleLine(escapeText(line), style)),
    ]),
  ];
}

/** The format counts from the line before where there are none. */
function range(start: number, lines: number): string {
  return `${lines === 0 ? start - 1 : start},${lines}`;
}

function styleLine(line: string, style: Style): string {
  if (line.startsWith('+')) return style.added(line);
  return line.startsWith('-') ? style.removed(line) : line;
}
