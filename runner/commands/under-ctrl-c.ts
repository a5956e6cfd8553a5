// Work that Ctrl-C ends, and not the command around it; with a word on standard error meanwhile, at a terminal.
import process from 'node:process';
import { canMoveCursor, type Io } from '../terminal/io.ts';
import { makeSpinner } from '../terminal/spinner.ts';

/** @param work gets a signal that Ctrl-C aborts, and what shows a word */
export async function underCtrlC<T>(
  io: Io,
  work: (signal: AbortSignal, show: (text: string) => void) => Promise<T>,
): Promise<T> {
  const spinner = canMoveCursor(io.stderr, io.env) ? makeSpinner(io.stderr, io) : undefined;
  const abort = new AbortController();
  const stop = (): void => abort.abort();
  process.on('SIGINT', stop);
  try {
    return await work(abort.signal, (text) => spinner?.show(text));
  } finally {
    spinner?.hide();
    process.removeListener('SIGINT', stop);
  }
}
