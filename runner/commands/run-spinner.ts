// A word on standard error while a run goes on, at a terminal only.
import { trackRun } from '../judge/run-tracker.ts';
import type { WatchEvent } from '../judge/watch-lab.ts';
import { type Busy, busyText } from '../terminal/bottom-block.ts';
import { canMoveCursor, type Io } from '../terminal/io.ts';
import { makeSpinner } from '../terminal/spinner.ts';

export interface RunSpinner {
  follow(event: WatchEvent): void;
  /** What goes on when no run does; undefined: nothing. */
  show(busy: Busy | undefined): void;
  close(): void;
}

export function showRuns(io: Io): RunSpinner {
  if (!canMoveCursor(io.stderr, io.env)) return { follow() {}, show() {}, close() {} };
  const spinner = makeSpinner(io.stderr, io);
  const show = (busy: Busy | undefined): void => {
    if (busy) spinner.show(busyText(busy));
    else spinner.hide();
  };
  const run = trackRun(() => show(run.busy()));
  return {
    follow: run.follow,
    show,
    close() {
      run.close();
      spinner.hide();
    },
  };
}
