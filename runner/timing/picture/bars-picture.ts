// The variants of a demo as bars, one scale for each unit, with their intervals. Pure.
import type { MeasuredRatio, MeasuredVariant } from '../analysis.ts';
import { quantity } from '../quantity.ts';
import { ratioWords } from '../verdict-words.ts';
import { type Drawing, line, text, at } from './svg.ts';

const width = 840;
const rowHeight = 30;
const barHeight = 16;
/** A label takes some 7.6 for each letter. */
const label = { perLetter: 7.6, least: 120, most: 400 };
const barEnd = 720;
const gap = 14;

/** @param inPython the names of those that run in Python */
export function barsPicture(
  { variants, ratios }: { variants: readonly MeasuredVariant[]; ratios: readonly MeasuredRatio[] },
  inPython: ReadonlySet<string>,
): Drawing {
  const elements: string[] = [];
  const longestName = Math.max(0, ...variants.map(({ name }) => name.length));
  const barStart = Math.min(label.most, Math.max(label.least, longestName * label.perLetter + gap));
  let y = 0;
  for (const group of Map.groupBy(variants, ({ unit }) => unit).values()) {
    const longest = Math.max(...group.map(({ high }) => high));
    const scale = longest > 0 ? (barEnd - barStart) / longest : 0;
    for (const variant of group) {
      elements.push(...bar(variant, { y, scale, barStart, isPython: inPython.has(variant.name) }));
      y += rowHeight;
    }
    y += gap;
  }
  for (const ratio of ratios) {
    const words = `${ratio.name}: ${ratioWords(ratio)}, ${ratio.pairs} pairs`;
    elements.push(text(words, { x: 0, y: y + 14, look: 'quiet' }));
    y += 20;
  }
  return { width, height: y + gap, elements };
}

interface Place {
  readonly y: number;
  /** of a unit */
  readonly scale: number;
  readonly barStart: number;
  readonly isPython: boolean;
}

function bar({ name, unit, median, low, high }: MeasuredVariant, { y, scale, barStart, isPython }: Place): string[] {
  const middle = y + rowHeight / 2;
  const xOf = (value: number) => barStart + value * scale;
  const look = isPython ? 'python' : 'measured';
  return [
    text(name, { x: barStart - 12, y: middle + 4, anchor: 'end' }),
    `<rect class="${look}" x="${at(barStart)}" y="${at(middle - barHeight / 2)}" width="${at(median * scale)}" height="${barHeight}" rx="2"/>`,
    line('whisker', [xOf(low), middle], [xOf(high), middle], 1.5),
    ...[low, high].map((end) => line('whisker', [xOf(end), middle - 5], [xOf(end), middle + 5], 1.5)),
    text(quantity(median, unit), { x: xOf(high) + 12, y: middle + 4 }),
  ];
}
