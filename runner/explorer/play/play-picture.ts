// A position of a game as what the window shows: what can be done now above, the steps so far below it, of which the last
// ones are to be seen. Pure.
import type { Picture } from '../../terminal/page-window.ts';
import { bottomRows, playBottom, playHelp, type Size } from './play-bottom.ts';
import { historyLines, nowLines, solutionLines } from './play-lines.ts';
import type { Player, Position } from './player.ts';

/** With its header. */
const fewestHistoryRows = 6;

export function playPicture(player: Player, position: Position, size: Size): Picture {
  const { page } = position;
  const height = Math.max(1, size.rows - bottomRows(size));
  const bottom = playBottom(player, position, size);
  if (page === 'walk') {
    const lines = walkLines(player, position, { columns: size.columns, rows: height });
    return { page: pageName(position), lines, first: 0, height: player.isTyped ? lines.length : height, bottom };
  }
  const lines = page === 'help' ? playHelp(player, size) : solutionLines(player, size.columns);
  const first = Math.min(position.scrolled, Math.max(0, lines.length - height));
  return { page, lines, first: player.isTyped ? 0 : first, height: player.isTyped ? lines.length : height, bottom };
}

/** Where lines are printed, each position is printed whole. */
function pageName({ where }: Position): string {
  return `walk ${where.moves.map(({ thread }) => thread).join('')}`;
}

function walkLines(player: Player, position: Position, { columns, rows }: Size): string[] {
  const history = historyLines(player, position, columns);
  const roomy = nowLines(player, position, columns);
  if (player.isTyped) return history.length === 0 ? roomy : [...roomy, '', ...history];
  const isLow = rows < roomy.length + 1 + Math.min(history.length, fewestHistoryRows);
  const now = isLow ? nowLines(player, position, columns, true) : roomy;
  const room = rows - now.length - 1;
  if (history.length === 0 || room < 2) return now.slice(0, rows);
  const [header = '', ...steps] = history;
  const hidden = Math.min(position.scrolled, Math.max(0, steps.length - (room - 1)));
  const end = steps.length - hidden;
  return [...now, '', header, ...steps.slice(Math.max(0, end - (room - 1)), end)];
}
