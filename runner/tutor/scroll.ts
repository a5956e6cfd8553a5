// A screen that only grows: blocks of text are added, and below them stand a few lines that change. It keeps what it
// has said, so that it can draw itself again at another width or after somebody else had the terminal. It knows nothing
// of what is said.
import { makeBottomBlock, type Busy } from '../terminal/bottom-block.ts';
import { canMoveCursor, type Io } from '../terminal/io.ts';
import type { Block } from './lab-blocks.ts';

export interface Scroll {
  say(block: Block): void;
  /** What stands at the bottom from now on, while something takes long under a line that moves. */
  setBottom(lines: Block, busy?: Busy): void;
  /** Leaves the terminal to somebody else; what is said meanwhile is kept. */
  pause(): void;
  /** Draws the window again. */
  resume(): void;
  /** Takes the bottom away. */
  close(): void;
}

/** How long a window must keep its size before it is drawn again: dragging its edge tells of many. */
const settleMs = 80;
/** More than fits into any window. */
const keptBlocks = 20;
const usualRows = 24;

export function openScroll(io: Io): Scroll {
  const bottom = makeBottomBlock(io);
  const said: Block[] = [];
  let bottomLines: Block = () => [];
  let busy: Busy | undefined;
  let isPaused = false;
  let settling: NodeJS.Timeout | undefined;

  /** The last blocks that fit into the window, and the very last in any case. */
  function draw(): void {
    if (isPaused) return;
    const lines: string[] = [];
    const room = (io.stdout.rows ?? usualRows) - bottomLines(io.columns).length - 1;
    for (const [index, block] of said.toReversed().entries()) {
      const more = block(io.columns);
      if (index > 0 && lines.length + more.length > room) break;
      lines.unshift(...more);
    }
    bottom.show([]);
    bottom.clearWindow();
    bottom.print(lines);
    bottom.show(bottomLines(io.columns), busy);
  }

  const onResize = (): void => {
    clearTimeout(settling);
    settling = setTimeout(draw, settleMs);
  };
  // Where the cursor cannot move, drawing again is printing again.
  if (canMoveCursor(io.stdout, io.env)) io.stdout.on('resize', onResize);

  return {
    say(block) {
      said.push(block);
      if (said.length > keptBlocks) said.shift();
      if (!isPaused) bottom.print(block(io.columns));
    },
    setBottom(lines, nowBusy) {
      bottomLines = lines;
      busy = nowBusy;
      if (!isPaused) bottom.show(lines(io.columns), busy);
    },
    pause() {
      bottom.show([]);
      isPaused = true;
    },
    resume() {
      isPaused = false;
      draw();
    },
    close() {
      clearTimeout(settling);
      io.stdout.off('resize', onResize);
      bottom.show([]);
    },
  };
}
