// A game at the terminal, or line by line through pipes: keys go to player.ts, what they want to the walk's process, and what
// comes of it into the window.
import { canMoveCursor, windowRows, type Io } from '../../terminal/io.ts';
import { openTranscript, openWindow } from '../../terminal/page-window.ts';
import { styleFor } from '../../terminal/style.ts';
import type { ExploredFile } from '../explore-file.ts';
import { readSources } from '../picture/sources.ts';
import type { Where } from '../engine/walk.ts';
import { playPicture } from './play-picture.ts';
import { arrived, firstPosition, playOn, type Player } from './player.ts';
import { WalkProcess } from './walk-process.ts';

/** How long a window must keep its size before it is drawn again: dragging its edge tells of many. */
const settleMs = 80;

/**
 * Lets somebody be the scheduler until they have had enough.
 * @param explored of the scenario; it does not say `unsupported`
 * @param file as it is typed
 * @param takeWindow called when all is ready, for whoever has the window until then; what it throws ends the game
 * @returns `interrupted` after the end of the input
 * @throws WalkEnded
 */
export async function play(
  explored: ExploredFile,
  file: string,
  io: Io,
  takeWindow = (): void => {},
): Promise<'left' | 'interrupted'> {
  const { exploration, scenario } = explored;
  const isRaceTheEnd = exploration.kind === 'failed' && exploration.failure.kind === 'race';
  const walk = await WalkProcess.open({ file: scenario.files[0] ?? '', isRaceTheEnd });
  try {
    const player: Player = {
      explored,
      sources: readSources(scenario.files),
      file,
      cwd: io.cwd,
      style: styleFor(io.stdout, io.env),
      isTyped: !io.isTTY || !canMoveCursor(io.stdout, io.env),
    };
    const start = await walk.at([]);
    takeWindow();
    return await playedOut(player, start, walk, io);
  } finally {
    await walk.close();
  }
}

async function playedOut(player: Player, start: Where, walk: WalkProcess, io: Io): Promise<'left' | 'interrupted'> {
  let position = firstPosition(start);
  const end = Promise.withResolvers<'left' | 'interrupted'>();
  let settling: NodeJS.Timeout | undefined;
  let isOver = false;
  // A key that comes before the answer to the one before waits for its turn.
  let answered: Promise<void> = Promise.resolve();
  const window = (player.isTyped ? openTranscript : openWindow)(io, (key) => {
    answered = answered.then(() => onKey(key)).catch(end.reject);
  });

  async function onKey(key: string): Promise<void> {
    if (isOver) return;
    const next = playOn(player, position, key);
    position = next.turns ? arrived(next.position, next.turns, await walk.at(next.turns)) : next.position;
    if (next.end) {
      isOver = true;
      end.resolve(next.end);
    } else draw();
  }

  function draw(): void {
    window.draw(playPicture(player, position, { columns: io.columns, rows: windowRows(io) }));
  }

  const onResize = (): void => {
    clearTimeout(settling);
    settling = setTimeout(draw, settleMs);
  };
  io.stdout.on('resize', onResize);
  try {
    draw();
    return await end.promise;
  } finally {
    clearTimeout(settling);
    io.stdout.off('resize', onResize);
    window.close();
  }
}
