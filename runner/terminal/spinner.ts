// The one door to ora: a line that moves while something takes long. It knows nothing of what takes long.
import ora from 'ora';
import type { Io } from './io.ts';
import { styleFor } from './style.ts';
import { truncate } from './wrap.ts';

// Whoever shows a spinner asks first whether it can be drawn.
export { canMoveCursor } from './io.ts';

export interface Spinner {
  /** Shows it, or changes what it says: one line, cut to the width of the terminal, and lines below it. */
  show(text: string, below?: readonly string[]): void;
  /** Takes it off the screen. */
  hide(): void;
}

/** What turns before the text takes two columns; one more stays free, so that no line wraps. */
const reserved = 3;

/** @param stream one that can move its cursor */
export function makeSpinner(stream: NodeJS.WriteStream, io: Io): Spinner {
  const spinner = ora({
    stream,
    isEnabled: true,
    // Keys are read by whoever shows the spinner, and a cursor that was never hidden need not be brought back.
    discardStdin: false,
    hideCursor: false,
    color: styleFor(stream, io.env).hasColour ? 'cyan' : false,
  });
  return {
    show(text, below = []) {
      spinner.text = [truncate(text, io.columns - reserved), ...below].join('\n');
      if (!spinner.isSpinning) spinner.start();
    },
    hide() {
      if (spinner.isSpinning) spinner.stop();
    },
  };
}
