// What stands below a position of a game: what was just said, and the keys. Pure.
import { readableColumns, truncate, wrap } from '../../terminal/wrap.ts';
import { aimWords } from './play-words.ts';
import type { Player, Position } from './player.ts';

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** In a narrower window the keys take two lines. */
const wideColumns = 80;
const gap = '   ';

export function bottomRows({ columns, rows }: Size): number {
  return Math.max(1, Math.min(columns < wideColumns ? 3 : 2, rows - 1));
}

export function playBottom(player: Player, position: Position, size: Size): string[] {
  const { style } = player;
  const width = size.columns - 1;
  const ruled = (text: string): string =>
    `--- ${truncate(text, width - 8)} `.padEnd(Math.min(width, readableColumns), '-');
  const { remark } = position;
  const first = remark === undefined ? style.quiet(ruled(headOf(position))) : style.warning(ruled(remark));
  const keys = keyLines(keysOf(player, position), width).map(style.quiet);
  return [first, ...Array.from({ length: bottomRows(size) - 1 }, (_, index) => keys[index] ?? '')];
}

function headOf({ page, where }: Position): string {
  if (page === 'solution') return 'What the explorer found';
  if (page === 'help') return 'Help';
  return where.ending ? 'It is over' : 'Whose turn is it?';
}

function keysOf({ isTyped }: Player, { page, where }: Position): string[] {
  if (page !== 'walk') return ['b back to the game', ...(isTyped ? [] : ['up down scroll'])];
  const last = where.choices.length - 1;
  return [
    ...(where.ending ? [] : [`${last > 0 ? `0-${last}` : '0'} thread`, `${isTyped ? 'Enter' : 'space'} same`]),
    ...(where.moves.length > 0 ? ['b back', 'r restart'] : []),
    'g give up',
    '? help',
    'q leave',
  ];
}

/** A key and its word together. */
function keyLines(words: readonly string[], width: number): string[] {
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + gap.length + word.length <= width)
      lines.push(`${lines.pop()}${gap}${word}`);
    else lines.push(word);
  }
  return lines;
}

export function playHelp(player: Player, { columns }: Size): string[] {
  const { style } = player;
  const width = Math.min(columns - 1, readableColumns);
  const help: readonly (readonly [keys: string, what: string])[] = [
    ['0 1 2 ...', 'that thread does its next step'],
    ['space', 'the thread that went last goes on (Enter does it, too)'],
    ['b', 'a step back (left, too)'],
    ['r', 'from the beginning'],
    ['up, down', 'the steps that do not fit into the window'],
    ['g', "gives up: the explorer's schedule"],
    ['q', 'leaves the game (Esc and Ctrl-C do it, too)'],
  ];
  const indent = Math.max(...help.map(([key]) => key.length)) + 4;
  return [
    ...wrap(aimWords(player), width),
    '',
    style.heading('Keys'),
    ...help.flatMap(([key, what]) => wrap(what, width, { first: `  ${key}`.padEnd(indent), rest: ' '.repeat(indent) })),
    '',
    style.heading('Words'),
    ...wrap(
      'A step is one access of shared memory. A thread is preempted when another one goes on that did not go last, though the first ' +
        'could have. Who sleeps is woken by a notify; a wait with a time limit runs out when nobody else can go on.',
      width,
      { first: '  ' },
    ),
  ];
}
