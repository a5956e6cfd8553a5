// The one door to ora: a line that moves while something takes long. ora says how the line looks; it is written here, each
// time in one piece, for a line that is wiped and then drawn flickers. It knows nothing of what takes long.
import ora from 'ora';
import type { Io } from './io.ts';
import { styleFor } from './style.ts';
import { truncate } from './wrap.ts';

// Whoever shows a spinner asks first whether it can be drawn.
export { canMoveCursor } from './io.ts';

export interface Spinner {
  /** Shows it, or changes what it says: one line, cut to the width of the terminal. */
  show(text: string): void;
  /** Takes it off the screen. */
  hide(): void;
}

/** The line that says `text`, as it looks at this moment. */
export type MovingLine = (text: string) => string;

/** How long each look of the line stays. */
export const frameMs = 80;
/** What turns before the text takes two columns; one more stays free, so that no line wraps. */
const reserved = 3;

export function makeMovingLine(stream: NodeJS.WriteStream, io: Io): MovingLine {
  const frames = ora({ stream, color: styleFor(stream, io.env).hasColour ? 'cyan' : false });
  return (text) => {
    frames.text = truncate(text, io.columns - reserved);
    return frames.frame();
  };
}

/** @param stream one that can move its cursor */
export function makeSpinner(stream: NodeJS.WriteStream, io: Io): Spinner {
  const lineOf = makeMovingLine(stream, io);
  let text: string | undefined;
  let clock: NodeJS.Timeout | undefined;
  const draw = (): void => void (text !== undefined && stream.write(`\r${lineOf(text)}\x1b[K`));
  return {
    show(nowText) {
      if (nowText === text) return;
      text = nowText;
      clock ??= setInterval(draw, frameMs);
      draw();
    },
    hide() {
      if (text === undefined) return;
      clearInterval(clock);
      clock = undefined;
      text = undefined;
      stream.write('\r\x1b[K');
    },
  };
}
