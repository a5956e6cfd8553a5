// Markdown's blocks as lines of text, fitted to the terminal: prose is wrapped, code is coloured and folded, drawings stay
// as they are. It knows nothing of lessons.
import { posix } from 'node:path';
import type { Block, Fence, Inline, List, Quote } from '../course/blocks.ts';
import { parseFenceInfo, waysOf, type ProgramWay } from '../course/fence-info.ts';
import type { ColourCode } from './code-colours.ts';
import { escapeLine, escapeText } from './escape.ts';
import { inlineSpans, type SentenceView } from './inline-spans.ts';
import { foldSpans, wrapSpans } from './spans.ts';
import { tableLines } from './table-lines.ts';
import { displayWidth, truncate, type Margins } from './wrap.ts';

export interface TextView extends SentenceView {
  /** the width of the terminal */
  readonly columns: number;
  readonly colourCode: ColourCode;
  /** what stands below a program that can be run or traced: how to do so */
  readonly atProgram?: ((file: string, ways: readonly ProgramWay[]) => readonly string[]) | undefined;
}

/** Longer lines of prose are hard to read, however wide the terminal is. */
export const proseColumns = 76;
/** What is narrower cannot be laid out; the terminal breaks the lines then. */
const fewestColumns = 12;

const codeIndent = '  ';
/** What the second part of a line of code begins with that one line does not hold. */
const foldMark = '... ';

/** Blocks with an empty line between each two. */
export function blockLines(blocks: readonly Block[], view: TextView): string[] {
  return joined(blocks.map((block) => linesOf(block, view)));
}

/** Puts an empty line between parts; what has no lines is no part. */
export function joined(parts: readonly (readonly string[])[]): string[] {
  return parts.filter((lines) => lines.length > 0).flatMap((lines, index) => (index === 0 ? lines : ['', ...lines]));
}

/** Lines with something before each; `inside` gets a view that is as much narrower. */
export function indented(
  { first = '', rest = first }: Margins,
  view: TextView,
  inside: (view: TextView) => readonly string[],
): string[] {
  const columns = Math.max(fewestColumns, view.columns - Math.max(displayWidth(first), displayWidth(rest)));
  return inside({ ...view, columns }).map((line, index) => ((index === 0 ? first : rest) + line).trimEnd());
}

function linesOf(block: Block, view: TextView): string[] {
  const { style, columns } = view;
  switch (block.kind) {
    case 'paragraph':
      return wrapSpans(inlineSpans(block.text, view), Math.min(columns, proseColumns));
    case 'heading':
      return headingLines(block.text, block.level, view);
    case 'list':
      return listLines(block, view);
    case 'table':
      return tableLines(block, view);
    case 'quote':
      return quoteLines(block, view);
    case 'fence':
      return fenceLines(block, view);
    case 'rule':
      return [style.quiet('-'.repeat(Math.min(columns, proseColumns)))];
    case 'html':
      return [];
  }
}

/** Without colours a heading keeps the marks that it has in Markdown. */
export function headingLines(text: readonly Inline[], level: number, view: TextView): string[] {
  const first = view.style.hasColour ? '' : `${'#'.repeat(level)} `;
  const margins = { first, rest: ' '.repeat(first.length) };
  return wrapSpans(inlineSpans(text, view), Math.min(view.columns, proseColumns), margins).map(view.style.heading);
}

function listLines({ items, start, isTight }: List, view: TextView): string[] {
  const last = String((start ?? 0) + items.length - 1);
  const lines = items.map(({ blocks }, index) => {
    const bullet = start === undefined ? '- ' : `${start + index}. `.padStart(last.length + 2);
    return indented({ first: bullet, rest: ' '.repeat(bullet.length) }, view, (inside) =>
      isTight ? blocks.flatMap((block) => linesOf(block, inside)) : blockLines(blocks, inside),
    );
  });
  return isTight ? lines.flat() : joined(lines);
}

function quoteLines({ blocks }: Quote, view: TextView): string[] {
  const bar = view.style.quiet('| ');
  return indented({ first: bar }, view, (inside) => blockLines(blocks, inside));
}

function fenceLines(fence: Fence, view: TextView): string[] {
  const info = parseFenceInfo(fence.info);
  const { language, file } = info;
  if (language === 'text') return drawingLines(fence.text, view);
  const lines = indented({ first: codeIndent }, view, (inside) =>
    view.colourCode(fence.text, language).flatMap((spans) => {
      const begin = /^ */.exec(spans[0]?.text ?? '')?.[0] ?? '';
      const text = begin.slice(0, inside.columns / 2) + foldMark;
      return foldSpans(spans, inside.columns, { text, paint: view.style.quiet });
    }),
  );
  if (file === undefined) return lines;
  const name = wrapSpans([{ text: escapeLine(file), paint: view.style.quiet }], view.columns);
  const ways = waysOf(info);
  const below = ways.length > 0 ? (view.atProgram?.(posix.join(view.folder, file), ways) ?? []) : [];
  return [...name, ...lines, ...below];
}

/** Drawings and outputs: what would be broken would not be one any more, so it is cut. */
function drawingLines(text: string, view: TextView): string[] {
  const whole = escapeText(text.replace(/\n$/, '').replaceAll('\t', '  ')).split('\n');
  const width = view.columns - codeIndent.length;
  const lines = whole.map((line) => (codeIndent + truncate(line, width)).trimEnd());
  const widest = Math.max(...whole.map(displayWidth)) + codeIndent.length;
  if (widest <= view.columns) return lines;
  return [
    ...lines,
    ...wrapSpans([{ text: `(cut: it is ${widest} columns wide)`, paint: view.style.quiet }], view.columns),
  ];
}
