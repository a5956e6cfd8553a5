// What the process of the real threads says to whoever started it: lines on a pipe of its own. Code of threads runs in that
// process and may write there as well, so that anything may come; Node's own channel would throw on our side of it.
import { writeSync } from 'node:fs';
import { deserialize, serialize } from 'node:v8';

export const reportFd = 3;
/** Longer than any report. */
export const mostLineBytes = 32 * 1024 * 1024;

/** A sign of life. */
export interface Beat {
  readonly kind: 'beat';
  /** steps, or rounds */
  readonly done: number;
  readonly hits: number;
}

/** Writes it at once: whoever says it may be about to block. */
export function report(message: { readonly kind: string }): void {
  // Values of memory may be bigints, or no numbers.
  const bytes = Buffer.from(`${serialize(message).toString('base64')}\n`);
  try {
    for (let from = 0; from < bytes.length;) from += writeSync(reportFd, bytes, from);
  } catch {
    // Whoever listened is gone.
    process.exit();
  }
}

/** @returns undefined for what is no report */
export function readReport(line: string): { readonly kind: string } | undefined {
  try {
    const message = deserialize(Buffer.from(line, 'base64')) as unknown;
    const isReport = typeof message === 'object' && message !== null && 'kind' in message;
    return isReport ? (message as { readonly kind: string }) : undefined;
  } catch {
    return undefined;
  }
}
