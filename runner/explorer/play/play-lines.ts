// A position of a game as lines: whose turn it may be and what each would do, what memory holds, what has happened so far.
// Pure, from a position and the size of the window to lines.
import { basename } from 'node:path';
import { padEnd } from '../../terminal/bars.ts';
import { escapeLine } from '../../terminal/escape.ts';
import { paintSpans } from '../../terminal/spans.ts';
import { displayWidth, truncate, wrap } from '../../terminal/wrap.ts';
import { joined, proseColumns } from '../../terminal/block-lines.ts';
import { readCell } from '../engine/memory.ts';
import { elementBytes, type Cell } from '../engine/operation.ts';
import { explorationLines } from '../picture/picture.ts';
import { endWords } from '../picture/end.ts';
import { foldedRows, rowsOf } from '../picture/rows.ts';
import { sourceLine, sourceSpans } from '../picture/sources.ts';
import { tableLines } from '../picture/table.ts';
import { cellText, counted, doesChange, intentWords, placeText, valueText, type NameOf } from '../picture/words.ts';
import type { Standing } from '../engine/verdict.ts';
import type { Where } from '../engine/walk.ts';
import { aimWords, endingWords, scoreWords } from './play-words.ts';
import type { Player, Position } from './player.ts';

/** So many cells can be taken in. */
const mostCells = 24;
/** In a wide window a thread's line of code stands beside what it would do. */
const besideColumns = 96;
const intentColumns = 46;

/**
 * Title, threads, memory: what is always to be seen.
 * @param isLow there is no room for lines of code below the threads
 */
export function nowLines(player: Player, { where }: Position, columns: number, isLow = false): string[] {
  const { style } = player;
  const width = columns - 1;
  const title = style.heading(truncate(`${scoreWords(player, where)} · ${basename(player.file)}`, width));
  const prose = (text: string): string[] => wrap(text, Math.min(width, proseColumns));
  const ending = endingWords(player, where);
  const isBroken = where.ending?.kind === 'failure';
  const [how = '', compared] = ending ?? [];
  const said = ending
    ? joined([
        prose(how).map(isBroken ? style.good : style.warning),
        whyWords(player, where).flatMap(prose),
        ...(compared === undefined ? [] : [prose(compared).map(style.strong)]),
      ])
    : [];
  const aim = where.steps.length === 0 ? prose(aimWords(player)) : [];
  return joined([
    [title, ...aim],
    ending ? said : threadLines(player, where, width, isLow),
    memoryLines(player, where, width),
  ]);
}

/** Of a failed check memory says it all, and that is to be seen anyway. */
function whyWords(player: Player, { ending }: Where): string[] {
  if (ending?.kind !== 'failure') return [];
  const { failure } = ending;
  const isPlain = failure.kind === 'assertion' || failure.kind === 'exception' || failure.kind === 'invariant';
  return isPlain ? [] : endWords(failure, nameOfIn(player));
}

/** The steps so far. */
export function historyLines(player: Player, { where }: Position, columns: number): string[] {
  if (where.steps.length === 0) return [];
  const { explored, style, sources } = player;
  const { threads } = explored.scenario;
  const { ending } = where;
  const shown =
    ending?.kind === 'failure'
      ? ending.failure
      : {
          kind: 'assertion' as const,
          steps: where.steps,
          standings: where.standings,
          repeatsFrom: undefined,
          race: undefined,
        };
  return tableLines(foldedRows(rowsOf(shown, nameOfIn(player), 'sc')), {
    columns,
    style,
    threads,
    sources: columns >= besideColumns ? sources : new Map(),
  });
}

/** What the explorer found, for whoever gives up. */
export function solutionLines({ explored, style, cwd }: Player, columns: number): string[] {
  return explorationLines(explored, { columns, style, cwd });
}

function threadLines(player: Player, where: Where, width: number, isLow: boolean): string[] {
  const { style, sources } = player;
  const { files } = player.explored.scenario;
  const last = where.moves.at(-1)?.thread;
  const isLastAble = last !== undefined && where.choices[last] !== undefined;
  return where.standings.flatMap((standing, thread) => {
    const choice = where.choices[thread];
    const preempts = choice && isLastAble && thread !== last ? ` (preempts ${last})` : '';
    const place = 'places' in standing ? standing.places[0] : undefined;
    const line = sourceLine(sources, place);
    const name = files.length > 1 ? placeText(place) : String(place?.line ?? '');
    const key = choice ? style.accent(String(thread)) : '-';
    const mark = thread === last ? '>' : ' ';
    const what = `${standingWords(standing, choice?.kind === 'expiry', nameOfIn(player))}${preempts}`;
    const head = `${mark} thread ${thread}  `;
    const indent = ' '.repeat(head.length + 3);
    const isBeside = width >= besideColumns;
    const text = truncate(what, (isBeside ? intentColumns : width) - (isBeside ? 0 : indent.length));
    const painted = choice ? text : style.quiet(text);
    const code = (room: number): string =>
      line ? style.quiet(`${name} `) + paintSpans(sourceSpans(line, room - displayWidth(name) - 1, style)) : '';
    if (isBeside)
      return [
        `${key}  ${head}${painted}${' '.repeat(Math.max(0, intentColumns - displayWidth(text)))}  ${code(width - indent.length - intentColumns - 2)}`.trimEnd(),
      ];
    return [`${key}  ${head}${painted}`, ...(line && !isLow ? [indent + code(width - indent.length)] : [])];
  });
}

function standingWords(standing: Standing, doesExpire: boolean, nameOf: NameOf): string {
  switch (standing.kind) {
    case 'next':
      return intentWords(standing.operation, nameOf);
    case 'sleeps':
      return doesExpire
        ? `${intentWords(standing.operation, nameOf)}: its time runs out`
        : `sleeps on ${cellText(standing.operation, nameOf)}`;
    case 'ended':
      return 'has ended';
    case 'threw':
      return escapeLine(`throws ${standing.name}: ${standing.message}`);
    case 'hung':
      return 'loops without end';
    case 'unknown':
      return 'is not known any more';
  }
}

/** Every cell by its name; the one that the last step changed with what it held before. */
function memoryLines(player: Player, where: Where, width: number): string[] {
  const { style, explored } = player;
  const last = where.steps.at(-1);
  const changed = last && doesChange(last) ? last : undefined;
  const { cells, more } = cellsOf(player);
  const view = new DataView(where.memory.buffer, where.memory.byteOffset, where.memory.byteLength);
  const words = cells.map((cell) => {
    const name = escapeLine(explored.scenario.layout.nameOf(cell));
    const value = valueText(readCell(view, cell));
    const isChanged = changed?.operation.cell.address === cell.address && changed.operation.cell.type === cell.type;
    return isChanged ? `${name}: ${valueText(changed.before)} -> ${value}` : `${name}: ${value}`;
  });
  const lines: string[] = [];
  const gap = '   ';
  for (const word of [...words, ...(more > 0 ? [`and ${counted(more, 'more cell')}`] : [])]) {
    const line = lines.at(-1);
    if (line !== undefined && displayWidth(line + gap + word) <= width - memoryTitle.length)
      lines.push(lines.pop() + gap + word);
    else lines.push(word);
  }
  return lines.map(
    (line, index) =>
      style.heading(padEnd(index === 0 ? memoryTitle : '', memoryTitle.length)) +
      truncate(line, width - memoryTitle.length),
  );
}

const memoryTitle = 'memory  ';

function cellsOf({ explored }: Player): { cells: Cell[]; more: number } {
  const cells = explored.scenario.layout.views.flatMap(({ shape }): Cell[] => {
    const { type, extent, byteOffset, length } = shape;
    if (type === 'DataView') return [];
    return Array.from({ length }, (_, index) => ({
      address: extent.base + byteOffset + index * elementBytes[type],
      type,
    }));
  });
  return { cells: cells.slice(0, mostCells), more: Math.max(0, cells.length - mostCells) };
}

function nameOfIn({ explored }: Player): NameOf {
  const { layout } = explored.scenario;
  return layout.nameOf.bind(layout);
}
