// The two pipes between judge and subject carry frames: one JSON document to a line. This file is the list of
// frames and the reader of lines; what the values in them mean is in values.ts.
import type { Encoded } from './values.ts';

/** The subject's ends of the pipes. */
export const fromJudgeFd = 3;
export const toJudgeFd = 4;

/** A line longer than this, or more lines than this in one life of a subject, end it. */
export const maxLineBytes = 1024 * 1024;
export const maxFrames = 5_000;

/** Which module a call means: the learner's first file, or the author's driver beside it. */
export type ModuleName = 'lab' | 'driver';

export type ToSubject =
  /** Import the modules that the stage now holds. */
  | { readonly t: 'load'; readonly lab: string; readonly driver: string | null }
  /** Call an export; with `construct`, `new` it. */
  | {
      readonly t: 'call';
      readonly id: number;
      readonly module: ModuleName;
      readonly name: string;
      readonly args: readonly Encoded[];
      readonly construct: boolean;
    }
  /** Read an export that is not a function. */
  | { readonly t: 'read'; readonly id: number; readonly module: ModuleName; readonly name: string }
  /** Call a function that an earlier answer carried. */
  | { readonly t: 'invoke'; readonly id: number; readonly fn: number; readonly args: readonly Encoded[] }
  /** The answer to a callback. */
  | { readonly t: 'reply'; readonly id: number; readonly ok: boolean; readonly value: Encoded };

export type FromSubject =
  | { readonly t: 'ready' }
  | { readonly t: 'loaded' }
  /** `exports`: what the learner's module exports, as far as it was loaded */
  | {
      readonly t: 'load-failed';
      readonly during: ModuleName;
      readonly error: ErrorReport;
      readonly exports: readonly string[];
    }
  | { readonly t: 'answer'; readonly id: number; readonly ok: boolean; readonly value: Encoded }
  | {
      readonly t: 'missing';
      readonly id: number;
      readonly name: string;
      readonly found: string;
      readonly exports: readonly string[];
    }
  /** The learner's code calls a function that the judge handed in. */
  | { readonly t: 'callback'; readonly id: number; readonly fn: number; readonly args: readonly Encoded[] }
  /** Last words: the process ends by itself. */
  | { readonly t: 'exit'; readonly code: number; readonly stack: string }
  | { readonly t: 'uncaught'; readonly error: ErrorReport; readonly rejection: boolean };

/** What is left of an error when it leaves the process that threw it. */
export interface ErrorReport {
  readonly name: string;
  readonly message: string;
  readonly stack: string;
  readonly code: string;
}

/** A reader of lines that never holds more than one line of `limitBytes`. */
export class LineReader {
  #parts: Buffer[] = [];
  #held = 0;
  readonly #limitBytes: number;

  constructor(limitBytes: number) {
    this.#limitBytes = limitBytes;
  }

  /**
   * @returns the lines that are complete now, or `'too-long'`; after that the reader must not be used again
   */
  read(chunk: Buffer): string[] | 'too-long' {
    const lines: string[] = [];
    let from = 0;
    for (let end = chunk.indexOf(10, from); end !== -1; end = chunk.indexOf(10, from)) {
      if (this.#held + end - from > this.#limitBytes) return 'too-long';
      this.#parts.push(chunk.subarray(from, end));
      lines.push(Buffer.concat(this.#parts).toString('utf8'));
      this.#parts = [];
      this.#held = 0;
      from = end + 1;
    }
    if (from < chunk.length) {
      this.#parts.push(chunk.subarray(from));
      this.#held += chunk.length - from;
      if (this.#held > this.#limitBytes) return 'too-long';
    }
    return lines;
  }
}

/** @returns the frame, or undefined when the line is not one: from the subject's side anything may come. */
export function parseFromSubject(line: string): FromSubject | undefined {
  let frame: unknown;
  try {
    frame = JSON.parse(line);
  } catch {
    return undefined;
  }
  return isFromSubject(frame) ? frame : undefined;
}

function isFromSubject(frame: unknown): frame is FromSubject {
  if (typeof frame !== 'object' || frame === null) return false;
  const { t, id, fn, ok, name, found, code, stack, exports, error, args, during } = frame as Record<string, unknown>;
  switch (t) {
    case 'ready':
    case 'loaded':
      return true;
    case 'load-failed':
      return isErrorReport(error) && (during === 'lab' || during === 'driver') && areTexts(exports);
    case 'uncaught':
      return isErrorReport(error);
    case 'answer':
      return Number.isSafeInteger(id) && typeof ok === 'boolean';
    case 'missing':
      return Number.isSafeInteger(id) && typeof name === 'string' && typeof found === 'string' && areTexts(exports);
    case 'callback':
      return Number.isSafeInteger(id) && Number.isSafeInteger(fn) && Array.isArray(args);
    case 'exit':
      return Number.isSafeInteger(code) && typeof stack === 'string';
    default:
      return false;
  }
}

function areTexts(items: unknown): boolean {
  return Array.isArray(items) && items.every((item) => typeof item === 'string');
}

function isErrorReport(error: unknown): error is ErrorReport {
  if (typeof error !== 'object' || error === null) return false;
  const { name, message, stack, code } = error as Record<string, unknown>;
  return [name, message, stack, code].every((part) => typeof part === 'string');
}
