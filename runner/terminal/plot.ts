// Points and curves over two axes, drawn with letters: pure, from data and a size to lines. It knows nothing of what is
// drawn.

/** Something that is drawn over the whole width: a line where low is high, else an area between them. */
export interface PlotCurve {
  readonly mark: string;
  readonly look: (text: string) => string;
  readonly at: (x: number) => { readonly low: number; readonly high: number };
  /** where there is a curve below it already, every other column shows that one */
  readonly isBroken?: boolean;
}

export interface PlotPoint {
  readonly x: number;
  readonly y: number;
  readonly low: number;
  readonly high: number;
}

export interface Plot {
  /** both ends are drawn */
  readonly x: { readonly from: number; readonly to: number; readonly ticks: readonly number[]; readonly name: string };
  /** from 0 */
  readonly y: { readonly to: number; readonly ticks: readonly number[]; readonly name: string };
  /** the later ones over the earlier ones */
  readonly curves: readonly PlotCurve[];
  /** over all curves, each with its interval */
  readonly points: readonly PlotPoint[];
  readonly pointLook: (text: string) => string;
}

export const pointMark = 'o';
export const intervalMark = '|';
/** Room beside the first and the last point. */
const margin = 2;

interface Cell {
  readonly mark: string;
  readonly look: (text: string) => string;
}

/** @param columns of the widest line @param rows of the drawing, without the ticks below it */
export function plotLines({ x, y, curves, points, pointLook }: Plot, columns: number, rows: number): string[] {
  const tickWidth = Math.max(...y.ticks.map((tick) => String(tick).length));
  const width = columns - tickWidth - 2;
  const span = width - 1 - 2 * margin;
  const columnOf = (value: number) => margin + Math.round(((value - x.from) / (x.to - x.from)) * span);
  const rowOf = (value: number) => rows - 1 - Math.round((value / y.to) * (rows - 1));
  const cells: (Cell | undefined)[][] = Array.from({ length: rows }, () => Array.from({ length: width }));
  const draw = (column: number, from: number, to: number, cell: Cell) => {
    for (let row = Math.max(0, from); row <= Math.min(rows - 1, to); row++) cells[row]![column] = cell;
  };

  for (const { mark, look, at, isBroken } of curves) {
    for (let column = margin; column <= margin + span; column++) {
      const { low, high } = at(x.from + ((column - margin) / span) * (x.to - x.from));
      if (isBroken && column % 2 === 0 && cells[rowOf(high)]?.[column]) continue;
      draw(column, rowOf(high), rowOf(low), { mark, look });
    }
  }
  for (const { x: at, y: value, low, high } of points) {
    draw(columnOf(at), rowOf(high), rowOf(low), { mark: intervalMark, look: pointLook });
    draw(columnOf(at), rowOf(value), rowOf(value), { mark: pointMark, look: pointLook });
  }

  const tickAt = new Map(y.ticks.map((tick) => [rowOf(tick), String(tick)]));
  const lines = cells.map((row, index) => {
    const tick = tickAt.get(index) ?? '';
    return `${tick.padStart(tickWidth)} ${tick === '' ? '|' : '+'}${row.map(cellText).join('')}`.trimEnd();
  });
  const indent = ' '.repeat(tickWidth + 1);
  const ruler = tickLine(
    x.ticks.map((tick) => ({ text: String(tick), column: columnOf(tick) })),
    width,
  );
  return [y.name, ...lines, `${indent}+${'-'.repeat(width)}`, `${indent} ${ruler}`.trimEnd(), `${indent} ${x.name}`];
}

function cellText(cell: Cell | undefined): string {
  return cell ? cell.look(cell.mark) : ' ';
}

/** A number that would touch the one before it is left out. */
function tickLine(ticks: readonly { text: string; column: number }[], width: number): string {
  let line = '';
  for (const { text, column } of ticks) {
    const start = Math.min(column - Math.floor((text.length - 1) / 2), width - text.length);
    if (line === '' || start > line.length) line = line.padEnd(start) + text;
  }
  return line;
}
