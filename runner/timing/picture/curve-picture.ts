// A speed-up curve as a picture: a panel for each way, side by side, with one legend. Pure.
import type { CurveFindings, MeasuredWay } from '../curve-findings.ts';
import { shareWords } from '../curve-lines.ts';
import { fittedAt, offeredAt, ticksTo, topOf } from '../curve-shape.ts';
import { type Drawing, area, at, line, moved, path, text } from './svg.ts';

const panel = { width: 430, height: 340 };
const plot = { left: 40, right: 410, top: 46, bottom: 280 };
/** Steps in which a curve is drawn. */
const steps = 120;
const dashes = '2 5';

export function curvePicture(curve: CurveFindings): Drawing {
  const panels = curve.ways.map((way, index) => moved(panelOf(curve, way), index * panel.width, 0));
  const width = Math.max(2, curve.ways.length) * panel.width;
  return { width, height: panel.height + 36, elements: [...panels, ...legend(panel.height + 12)] };
}

function panelOf(curve: CurveFindings, way: MeasuredWay): Drawing {
  const { parts } = curve;
  const [last, top] = [parts.at(-1) ?? 2, topOf(curve)];
  const xOf = (value: number) => plot.left + 14 + ((value - 1) / (last - 1)) * (plot.right - plot.left - 28);
  const yOf = (value: number) => plot.bottom - (value / top) * (plot.bottom - plot.top);
  const along = (to: number) => Array.from({ length: steps + 1 }, (_, step) => 1 + (step / steps) * (to - 1));
  const curveOf = (valueAt: (x: number) => number, to = last) =>
    along(to).map((x) => [xOf(x), yOf(valueAt(x))] as const);
  const low = curveOf((x) => fittedAt(curve, way, x)?.low ?? 1);
  const high = curveOf((x) => fittedAt(curve, way, x)?.high ?? 1);
  const ideal = curveOf((x) => x, Math.min(last, top));
  const offered = curveOf((x) => offeredAt(curve, x));
  const isFitted = fittedAt(curve, way, 1) !== undefined;
  const elements = [
    text(`${way.name}: times as fast as with one`, { x: plot.left, y: 18, isBold: true }),
    text(shareText(way), { x: plot.left, y: 36, size: 12, look: 'quiet' }),
    ...ticksTo(top).flatMap((tick) => [
      line('axis', [plot.left, yOf(tick)], [plot.right, yOf(tick)], tick === 0 ? 1.5 : 0.5),
      text(String(tick), { x: plot.left - 8, y: yOf(tick) + 4, anchor: 'end', look: 'quiet', size: 12 }),
    ]),
    ...shownTicks(parts, xOf).map((part) =>
      text(String(part), { x: xOf(part), y: plot.bottom + 18, anchor: 'middle', look: 'quiet', size: 12 }),
    ),
    text(`${way.name} at once`, { x: (plot.left + plot.right) / 2, y: plot.bottom + 38, anchor: 'middle', size: 12 }),
    path('ideal', ideal, 1.5, dashes),
    ...(isFitted ? [area('fitted', [...high, ...low.toReversed()])] : []),
    path('offered', offered, 2),
    ...parts.flatMap((part, index) => {
      const { median = 1, low = 1, high = 1 } = way.speedUps[index] ?? {};
      const [x, from, to] = [xOf(part), yOf(Math.min(low, top)), yOf(Math.min(high, top))];
      return [
        line('measured', [x, from], [x, to], 2),
        `<circle class="measured" cx="${at(x)}" cy="${at(yOf(Math.min(median, top)))}" r="4"/>`,
      ];
    }),
  ];
  return { ...panel, elements };
}

function shareText({ serialShare: { estimate, untold } }: MeasuredWay): string {
  return estimate && untold === undefined
    ? `could not be divided: ${shareWords(estimate)}`
    : 'what part could not be divided cannot be told';
}

/** Numbers that would touch the ones before them are left out. */
function shownTicks(parts: readonly number[], xOf: (part: number) => number): number[] {
  let end = -Infinity;
  return parts.filter((part) => {
    if (xOf(part) < end + 18) return false;
    end = xOf(part);
    return true;
  });
}

function legend(y: number): string[] {
  return [
    `<circle class="measured" cx="${plot.left + 8}" cy="${y}" r="4"/>`,
    text('measured, with its 95 % interval', { x: plot.left + 22, y: y + 4, size: 12 }),
    line('offered', [280, y], [304, y], 2),
    text('cores that the machine had to give', { x: 312, y: y + 4, size: 12 }),
    `<rect class="fitted" x="550" y="${y - 6}" width="24" height="12"/>`,
    text("Amdahl's law, fitted", { x: 582, y: y + 4, size: 12 }),
    line('ideal', [736, y], [760, y], 1.5, dashes),
    text('ideal', { x: 768, y: y + 4, size: 12 }),
  ];
}
