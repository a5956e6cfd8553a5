// A sentence's stretches, coloured. Where there are no colours Markdown's own marks stay: a print-out has to show what is
// code, too. It knows nothing of lines.
import type { Inline, MeasuredNumber } from '../course/blocks.ts';
import { linkTarget } from '../course/link-target.ts';
import { decimalsOf } from '../course/lesson-names.ts';
import { escapeLine } from './escape.ts';
import { hardSpace, type Span } from './spans.ts';
import type { Style } from './style.ts';

export interface SentenceView {
  readonly style: Style;
  /** the folder of the text, from the course's folder down; links start there */
  readonly folder: string;
  /** a number of a demo as it was measured here, by its name */
  readonly measured?: ((name: string) => number | undefined) | undefined;
}

/** More say nothing. */
const mostDecimals = 9;
/** From this power of ten on a number is rounded before the point, too. */
const fromThousands = 3;

/** Stands behind a number that was not measured here. */
export const recordedMark = '*';

export function inlineSpans(text: readonly Inline[], view: SentenceView): Span[] {
  return text.flatMap((inline): Span[] => {
    switch (inline.kind) {
      case 'text':
        return [{ text: shown(inline.text) }];
      case 'code':
        return view.style.hasColour
          ? [{ text: shown(inline.text), paint: view.style.accent }]
          : [{ text: shown(`\`${inline.text}\``) }];
      case 'emphasis':
        return stressed(inline.children, '*', view.style.emphasis, view);
      case 'strong':
        return stressed(inline.children, '**', view.style.strong, view);
      case 'link':
        return linkSpans(inline, view);
      case 'break':
        return [{ text: '\n' }];
      case 'number':
        return [{ text: numberText(inline, view.measured?.(inline.name)) }];
      case 'html':
        return [{ text: shown(inline.text) }];
    }
  });
}

/** Spaces at which no line may end stay what they are until the lines are made. */
function shown(text: string): string {
  return text
    .replaceAll(/[ \t\r\n]+/g, ' ')
    .split(hardSpace)
    .map(escapeLine)
    .join(hardSpace);
}

function stressed(
  children: readonly Inline[],
  mark: string,
  paint: (text: string) => string,
  view: SentenceView,
): Span[] {
  const spans = inlineSpans(children, view);
  if (!view.style.hasColour) return [{ text: mark }, ...spans, { text: mark }];
  return spans.map(({ text, paint: inner }) => ({ text, paint: inner ? (part) => paint(inner(part)) : paint }));
}

/** The words, and where they lead unless they say so. */
function linkSpans({ target, children }: Extract<Inline, { kind: 'link' }>, view: SentenceView): Span[] {
  const spans = inlineSpans(children, view);
  const way = wayTo(target, view.folder);
  const words = spans
    .map(({ text }) => text)
    .join('')
    .toLowerCase();
  if (way === undefined || words.includes(way.toLowerCase())) return spans;
  return [
    ...spans,
    { text: ' (' },
    { text: shown(way.replaceAll(' ', hardSpace)), paint: view.style.accent },
    { text: ')' },
  ];
}

function wayTo(target: string, folder: string): string | undefined {
  const to = linkTarget(target, folder);
  switch (to.kind) {
    case 'web':
      return to.address;
    case 'lesson':
    case 'lab':
      return `${to.kind} ${to.id}`;
    case 'file':
      return to.path;
    case 'here':
      return undefined;
  }
}

/**
 * At least two digits, and as many as the author gave: what was 39 is 4.1 elsewhere, and not 4.13; what was 7,400 is 8,100,
 * and not 8,051. What was counted stays whole: 0, and not 0.0.
 */
function numberText({ recorded }: MeasuredNumber, measured: number | undefined): string {
  if (measured === undefined || !Number.isFinite(measured)) return `${recorded}${recordedMark}`;
  const isWhole = decimalsOf(recorded) === 0;
  if (isWhole && Number.isInteger(measured)) return measured.toLocaleString('en');
  const digits = recorded
    .replaceAll(/\D/g, '')
    .replace(/^0+/, '')
    .replace(isWhole ? /0+$/ : '', '').length;
  const size = measured === 0 ? 0 : Math.floor(Math.log10(Math.abs(measured)));
  if (isWhole && size >= fromThousands) return Number(measured.toPrecision(Math.max(2, digits))).toLocaleString('en');
  const decimals = Math.max(decimalsOf(recorded), Math.max(2, digits) - 1 - size, 0);
  const shown = Math.min(decimals, mostDecimals);
  return measured.toLocaleString('en', { minimumFractionDigits: shown, maximumFractionDigits: shown });
}
