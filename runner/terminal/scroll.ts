// A screen that only grows: blocks of text are added, and below them stand a few lines that change. It keeps what it
// has said, so that it can draw itself again at another width or after somebody else had the terminal. It knows nothing
// of what is said.
import { makeBottomBlock, type Busy } from './bottom-block.ts';
import { canMoveCursor, type Io, windowRows } from './io.ts';

/** Lines for a terminal of that many columns. */
export type Block = (columns: number) => string[];

export interface Scroll {
  say(block: Block): void;
  /** What stands at the bottom from now on, while something takes long under a line that moves. */
  setBottom(lines: Block, busy?: Busy): void;
  /** Leaves the terminal to somebody else; what is said meanwhile is kept. */
  pause(): void;
  /**
   * Goes on below what is on the terminal now, with what was said meanwhile.
   * @param saysAgain also with what was there before: whoever had the terminal has left text of their own on it
   */
  resume(saysAgain?: boolean): void;
  /** Takes the bottom away. */
  close(): void;
}

/** How long a window must keep its size before it is drawn again: dragging its edge tells of many. */
const settleMs = 80;
/** More than fits into any window. */
const keptBlocks = 20;

export function openScroll(io: Io): Scroll {
  const bottom = makeBottomBlock(io);
  let said: readonly Block[] = [];
  let unseen: readonly Block[] = [];
  let bottomLines: Block = () => [];
  let busy: Busy | undefined;
  let isPaused = false;
  let settling: NodeJS.Timeout | undefined;

  /** The end of what was said, as much of it as the window holds. */
  function end(): string[] {
    const room = windowRows(io) - bottomLines(io.columns).length - (busy ? 1 : 0);
    return said.flatMap((block) => block(io.columns)).slice(-Math.max(1, room));
  }

  function keep(block: Block): void {
    said = [...said, block].slice(-keptBlocks);
  }

  const onResize = (): void => {
    clearTimeout(settling);
    settling = setTimeout(() => {
      if (!isPaused) bottom.redraw(end(), bottomLines(io.columns), busy);
    }, settleMs);
  };
  // Where the cursor cannot move, drawing again is printing again.
  if (canMoveCursor(io.stdout, io.env)) io.stdout.on('resize', onResize);

  return {
    say(block) {
      if (isPaused) unseen = [...unseen, block];
      else {
        keep(block);
        bottom.print(block(io.columns));
      }
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
    resume(saysAgain = false) {
      isPaused = false;
      if (saysAgain) bottom.print(end());
      const more = unseen;
      unseen = [];
      for (const block of more) this.say(block);
      bottom.show(bottomLines(io.columns), busy);
    },
    close() {
      clearTimeout(settling);
      io.stdout.off('resize', onResize);
      bottom.show([]);
    },
  };
}
