// One question with yes or no, where nothing of the tutor is loaded. It knows nothing of what is asked.
import { once } from 'node:events';
import { createInterface } from 'node:readline/promises';
import type { Io } from './io.ts';
import { stopWholeJob } from './job-control.ts';
import { printLines } from './print.ts';
import { wrap } from './wrap.ts';

/** Asks at the terminal; anything but a yes, Ctrl-C and Ctrl-D included, is a no. */
export async function confirm(question: string, io: Io): Promise<boolean> {
  const reader = createInterface({ input: io.stdin, output: io.stdout });
  // Without a listener Ctrl-C would end the process between two states of the terminal.
  reader.on('SIGINT', () => reader.close());
  stopWholeJob(reader, io);
  const lines = wrap(`${question} (y/N)`, io.columns - 1);
  printLines(io, lines.slice(0, -1));
  const closed = once(reader, 'close').then(() => undefined);
  try {
    const answer = await Promise.race([reader.question(`${lines.at(-1)} `).catch(() => undefined), closed]);
    if (answer === undefined) io.stdout.write('\n');
    return /^y(es)?$/i.test(answer?.trim() ?? '');
  } finally {
    reader.close();
  }
}
