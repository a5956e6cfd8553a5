// A word on standard error while a run goes on, at a terminal only.
import { trackRun } from '../judge/run-tracker.ts';
import type { WatchEvent } from '../judge/watch-lab.ts';
import { busyText } from '../terminal/bottom-block.ts';
import { canMoveCursor, type Io } from '../terminal/io.ts';
import { makeSpinner } from '../terminal/spinner.ts';

export interface RunSpinner {
  follow(event: WatchEvent): void;
  close(): void;
}

export function showRuns(io: Io): RunSpinner {
  if (!canMoveCursor(io.stderr, io.env)) return { follow() {}, close() {} };
  const spinner = makeSpinner(io.stderr, io);
  const run = trackRun(() => {
    const busy = run.busy();
    if (busy) spinner.show(busyText(busy));
    else spinner.hide();
  });
  return {
    follow: run.follow,
    close() {
      run.close();
      spinner.hide();
    },
  };
}
