// A speed-up curve as lines of text: for each way a plot, a table, and what the fit says in words. Pure.
import { numberTable } from '../terminal/number-table.ts';
import { type Plot, plotLines, pointMark, intervalMark } from '../terminal/plot.ts';
import type { Style } from '../terminal/style.ts';
import { wrap } from '../terminal/wrap.ts';
import type { CurveFindings, MeasuredWay } from './curve-findings.ts';
import { fittedAt, offeredAt, ticksTo, topOf } from './curve-shape.ts';
import { msUnit } from './plan.ts';
import { digits, quantity } from './quantity.ts';
import type { SerialShare } from './serial-share.ts';
import type { Estimate } from './statistics.ts';

const rows = 16;
const marks = { ideal: '.', fitted: ':', offered: '-' };

/** Wider plots show no more. */
const widestPlot = 120;

/** A block for each thing that is said: words and tables up to `width`, plots up to `columns`. */
export function curveBlocks(
  curve: CurveFindings,
  { width, columns }: { width: number; columns: number },
  style: Style,
): string[][] {
  const plotColumns = Math.min(columns, widestPlot);
  return curve.ways.flatMap((way) => [
    [style.heading(capital(way.name)), ...plotLines(plotOf(curve, way, style), plotColumns, rows)],
    legend(way, width),
    table(curve, way, width),
    shareLines(curve, way, width),
  ]);
}

function plotOf(curve: CurveFindings, way: MeasuredWay, style: Style): Plot {
  const { parts } = curve;
  const top = topOf(curve);
  const isFitted = fittedAt(curve, way, 1) !== undefined;
  const line = (at: (x: number) => number) => (x: number) => ({ low: at(x), high: at(x) });
  return {
    x: { from: 1, to: parts.at(-1) ?? 1, ticks: parts, name: `${way.name} at once` },
    y: { to: top, ticks: ticksTo(top), name: 'times as fast as with one' },
    curves: [
      { mark: marks.ideal, look: style.quiet, at: line((x) => x) },
      ...(isFitted
        ? [
            {
              mark: marks.fitted,
              look: style.warning,
              at: (x: number) => fittedAt(curve, way, x) ?? { low: 0, high: 0 },
            },
          ]
        : []),
      { mark: marks.offered, look: style.accent, at: line((x) => offeredAt(curve, x)), isBroken: true },
    ],
    points: parts.map((part, index) => ({ x: part, ...pointOf(way.speedUps[index]) })),
    pointLook: style.strong,
  };
}

function pointOf({ median, low, high }: Estimate = { median: 1, low: 1, high: 1 }) {
  return { y: median, low, high };
}

function legend({ serialShare }: MeasuredWay, width: number): string[] {
  const isFitted = serialShare.estimate && serialShare.untold === undefined;
  return wrap(
    `${pointMark} measured, ${intervalMark} its 95 % interval; ${marks.offered} cores that the machine had to give; ` +
      `${isFitted ? `${marks.fitted} what Amdahl's law makes of them; ` : ''}${marks.ideal} ideal.`,
    width,
  );
}

function table({ parts, offered }: CurveFindings, { name, ms, speedUps }: MeasuredWay, width: number): string[] {
  return numberTable(
    [name, 'time', 'times as fast', '95 % interval', 'cores'],
    parts.map((part, index) => [
      String(part),
      quantity(ms[index] ?? 0, msUnit),
      digits(speedUps[index]?.median ?? 1),
      part === 1 ? '' : `${digits(speedUps[index]?.low ?? 1)} to ${digits(speedUps[index]?.high ?? 1)}`,
      digits(offered[index]?.median ?? 1),
    ]),
    width,
  );
}

function shareLines({ rounds, offered }: CurveFindings, { name, serialShare }: MeasuredWay, width: number): string[] {
  const { estimate, parts, untold } = serialShare;
  const best = Math.max(...offered.map(({ median }) => median));
  if (!estimate || untold !== undefined) return wrap(untoldSentence(serialShare, best, rounds), width);
  return [
    `With ${name}, ${shareWords(estimate)} of the work could not be divided: fitted over ${rounds} rounds to ` +
      `${partsWords(parts)}, ${parts.length === 1 ? 'which is where' : 'where'} the parts had a core each.`,
    ...(parts.length === 1
      ? ['From one point a part that cannot be divided and what the dividing itself costs look alike.']
      : []),
    limitSentence(estimate),
  ].flatMap((sentence) => wrap(sentence, width));
}

/** `4.1 % (2.2 to 6.3 %)`. */
export function shareWords({ median, low, high }: Estimate): string {
  const percent = (share: number) => digits(share * 100);
  return `${percent(median)} % (${percent(low)} to ${percent(high)} %)`;
}

/** With any number of cores. */
function limitSentence({ low, high }: Estimate): string {
  const least = digits(1 / high);
  const end = low > 0 ? `at ${least} to ${digits(1 / low)} times` : `somewhere beyond ${least} times, if at all`;
  return `If nothing else held it back, the gain would end ${end}, with any number of cores.`;
}

function partsWords(parts: readonly number[]): string {
  return parts.length === 1 ? `${parts[0]} parts` : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)} parts`;
}

function untoldSentence({ estimate, untold }: SerialShare, best: number, rounds: number): string {
  const cannot = 'What part of the work could not be divided cannot be told';
  switch (untold) {
    case 'few-rounds':
      return `${cannot}: ${rounds} ${rounds === 1 ? 'round is' : 'rounds are'} too few.`;
    case 'busy-machine':
      return `${cannot}: others took too much of the machine meanwhile.`;
    case 'wide-interval':
      return `${cannot}: ${estimate ? shareWords(estimate) : ''} is no answer.`;
    case 'no-one-share':
      return `${cannot} in one number: with more parts it looks like more, so the dividing itself costs something.`;
    default:
      return `${cannot}: the machine had ${digits(best)} cores to give, and that shows only where parts run side by side.`;
  }
}

function capital(name: string): string {
  return `${name[0]?.toUpperCase() ?? ''}${name.slice(1)}`;
}
