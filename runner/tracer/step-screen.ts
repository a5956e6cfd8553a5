// A trace at the terminal: keys go to stepper.ts, and what it says gets into the window.
import { canMoveCursor, windowRows, type Io } from '../terminal/io.ts';
import { openTranscript, openWindow } from '../terminal/page-window.ts';
import { styleFor } from '../terminal/style.ts';
import { loadSources } from './load-sources.ts';
import { stepPicture } from './step-picture.ts';
import { firstStanding, stepOn, type Standing, type Stepper } from './stepper.ts';
import type { TracedRun } from './trace.ts';

/** How long a window must keep its size before it is drawn again: dragging its edge tells of many. */
const settleMs = 80;

/**
 * Lets somebody step through a trace until they have seen enough. Both stdin and stdout have to be a terminal.
 * @returns `interrupted` after Ctrl-C or the end of the input
 */
export async function stepThrough(run: TracedRun, io: Io): Promise<'back' | 'interrupted'> {
  const style = styleFor(io.stdout, io.env);
  const stepper: Stepper = {
    run,
    sources: await loadSources(run.trace, style),
    cwd: io.cwd,
    style,
    isTyped: !canMoveCursor(io.stdout, io.env),
    exit: 'leave',
  };
  const end = Promise.withResolvers<'back' | 'interrupted'>();
  let standing: Standing = firstStanding;
  let settling: NodeJS.Timeout | undefined;

  const window = (stepper.isTyped ? openTranscript : openWindow)(io, (key) => {
    const next = stepOn(stepper, standing, key);
    standing = next.standing;
    if (next.end) end.resolve(next.end);
    else draw();
  });

  function draw(): void {
    window.draw(stepPicture(stepper, standing, { columns: io.columns, rows: windowRows(io) }));
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
