// Ctrl-Z, as a shell's user means it: the whole job stops. It knows nothing of what is on the screen.
import { type EventEmitter, once } from 'node:events';
import process from 'node:process';
import { setImmediate as afterEvents, setTimeout as sleep } from 'node:timers/promises';
import type { Io } from './io.ts';

/** How long the system may take to stop a process that it has told to stop. */
const settleMs = 100;

/** Windows has no jobs. */
export const canStop = process.platform !== 'win32';

/**
 * Stops this process and those between it and the shell (npm and its own shell wait for it, and would not tell). Whoever
 * calls it has given the terminal back before.
 * @returns when the shell has brought the job back; at once where no shell could
 */
export async function stopJob(): Promise<void> {
  // What was asked to leave the screen does so first.
  await afterEvents();
  const broughtBack = once(process, 'SIGCONT');
  process.kill(0, 'SIGTSTP');
  // A group without a shell above it is not stopped: nobody could continue it. After a stop both timer and signal are
  // due, and the signal must be taken first, or it would pass for another one.
  await Promise.race([broughtBack, sleep(settleMs).then(() => afterEvents())]);
}

/** A line that is being typed: Ctrl-Z stops the job in the middle of it. readline alone would stop only this process. */
export function stopWholeJob(
  reader: EventEmitter & { prompt(keepsCursor?: boolean): void },
  { stdin }: Pick<Io, 'stdin'>,
): void {
  if (!canStop) return;
  reader.on('SIGTSTP', () => {
    stdin.setRawMode(false);
    void stopJob().then(() => {
      stdin.setRawMode(true);
      reader.prompt(true);
    });
  });
}
