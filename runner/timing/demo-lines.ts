// What a demo found, as lines of text: bars, a table, the ratios, the claims with their verdicts. Pure; whatever was
// too noisy is said. The texts are the author's.
import { barLines } from '../terminal/bars.ts';
import { escapeLine } from '../terminal/escape.ts';
import { numberTable } from '../terminal/number-table.ts';
import type { Style } from '../terminal/style.ts';
import { readableColumns, wrap } from '../terminal/wrap.ts';
import type { JudgedClaim, MeasuredRatio, MeasuredVariant } from './analysis.ts';
import { curveBlocks } from './curve-lines.ts';
import { pythonWords } from './python.ts';
import { quantity, quantityRange } from './quantity.ts';
import type { DemoResult } from './run-demo.ts';
import type { Verdict } from './verdict.ts';
import { comparisonWords, offeredSentence, percent, ratioWords } from './verdict-words.ts';

/** As it is said to a learner. */
export const verdictNames: Readonly<Record<Verdict, string>> = {
  holds: 'holds',
  'within-limits': 'holds within limits',
  'does-not-hold': 'does not hold here',
  'too-noisy': 'too noisy to tell',
};

/** What is shown of a result. */
export type ShownResult = Pick<
  DemoResult,
  'title' | 'variants' | 'ratios' | 'verdicts' | 'othersShare' | 'pace' | 'isStopped' | 'python' | 'recorded' | 'curve'
>;

/** None is wider than `columns`, from 60 on. */
export function demoLines(result: ShownResult, columns: number, style: Style): string[] {
  const width = Math.min(columns, readableColumns);
  const blocks = [
    [...wrap(result.title, width).map(style.heading), ...stoppedBlock(result, width).map(style.warning)],
    ...(result.curve ? curveBlocks(result.curve, { width, columns }, style) : comparisonBlocks(result, width)),
    othersBlock(result, width),
    pythonBlock(result, width),
    ...recordedBlocks(result, width, style),
    ...result.verdicts.map((claim) => claimBlock(claim, width, style)),
    adviceBlock(result, width),
  ];
  return blocks.filter((lines) => lines.length > 0).flatMap((lines, index) => (index === 0 ? lines : ['', ...lines]));
}

function comparisonBlocks(result: Pick<ShownResult, 'variants' | 'ratios'>, width: number): string[][] {
  return [
    ...unitsOf(result).map((variants) => bars(variants, width)),
    table(result.variants, width),
    ...result.ratios.map((ratio) => ratioBlock(ratio, width)),
  ];
}

function stoppedBlock({ isStopped, variants }: ShownResult, width: number): string[] {
  if (!isStopped) return [];
  return wrap(
    variants.length === 0 ? 'Stopped before anything was measured.' : 'Stopped: this is what was measured until then.',
    width,
  );
}

/** Only what has one unit has one scale. */
function unitsOf({ variants }: Pick<ShownResult, 'variants'>): MeasuredVariant[][] {
  return [...Map.groupBy(variants, ({ unit }) => unit).values()];
}

function bars(variants: readonly MeasuredVariant[], width: number): string[] {
  return barLines(
    variants.map(({ name, unit, median }) => ({ label: name, length: median, quantity: quantity(median, unit) })),
    width,
  );
}

function table(variants: readonly MeasuredVariant[], width: number): string[] {
  if (variants.length === 0) return [];
  return numberTable(
    ['', 'median', '95 % interval', 'runs'],
    variants.map(({ name, unit, median, low, high, runs, repeats }) => [
      name,
      quantity(median, unit),
      quantityRange({ low, high }, unit),
      repeats > 1 ? `${runs} x ${repeats}` : String(runs),
    ]),
    width,
  );
}

function ratioBlock(ratio: MeasuredRatio, width: number): string[] {
  const words = comparisonWords(ratio);
  const sentence = /^[a-z]/.test(words) ? `${words[0]?.toUpperCase()}${words.slice(1)}.` : `${words}.`;
  return labelled(
    ratio.name,
    [`${ratioWords(ratio)}, ${ratio.pairs} pairs`, sentence, ...offeredSentence(ratio)],
    width,
  );
}

function othersBlock({ othersShare, variants }: ShownResult, width: number): string[] {
  if (othersShare === undefined || variants.length === 0) return [];
  return wrap(`Others took ${percent(othersShare)} of this machine meanwhile.`, width);
}

/** Which Python it was, or why there was none; whatever is called python3 may have had its say in that. */
function pythonBlock({ python }: ShownResult, width: number): string[] {
  if (!python) return [];
  const words =
    'missing' in python
      ? `The variants in Python are left out. ${python.missing} ${python.next}`
      : `Measured with ${pythonWords(python)}.`;
  return wrap(escapeLine(words.trimEnd()), width);
}

/** Another machine's, so nothing of it is a verdict about this one. */
function recordedBlocks({ recorded }: ShownResult, width: number, style: Style): string[][] {
  if (!recorded) return [];
  const { machine, python } = recorded;
  const label = `Recorded elsewhere, as an example: ${machine}, Python ${python.version}`;
  return [wrap(label, width).map(style.heading), ...comparisonBlocks(recorded, width)];
}

function claimBlock(
  { claim, says, measured, verdict, reason, why }: JudgedClaim,
  width: number,
  style: Style,
): string[] {
  const look = {
    holds: style.good,
    'within-limits': style.good,
    'does-not-hold': style.bad,
    'too-noisy': style.warning,
  };
  // What was never measured is not noisy.
  const name = reason === 'not-measured' ? 'none' : verdictNames[verdict];
  const [first = '', ...rest] = labelled(claim, [says, `Measured: ${measured}.`], width);
  return [
    style.accent(first),
    ...rest,
    ...labelled('', [`Verdict: ${name}; ${why}.`], width, claim.length).map(look[verdict]),
  ];
}

function adviceBlock({ verdicts, pace, isStopped }: ShownResult, width: number): string[] {
  if (!verdicts.some(({ verdict }) => verdict === 'too-noisy')) return [];
  const longer = pace === 'quick' ? ', and without --quick' : isStopped ? ', and let it run to its end' : '';
  return wrap(`To know more, measure again when the machine has less to do${longer}.`, width);
}

/** Paragraphs behind a label. */
function labelled(label: string, paragraphs: readonly string[], width: number, indent = label.length): string[] {
  const rest = ' '.repeat(indent + 2);
  return paragraphs.flatMap((text, index) =>
    wrap(text, width, { first: index === 0 && label !== '' ? `${label}  ` : rest, rest }),
  );
}
