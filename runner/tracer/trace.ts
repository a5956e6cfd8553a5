// What the event loop did in one run of a program, as data: each callback that the runtime ran, and each step on the way
// there. Nothing here knows how it was seen, or how it is drawn.

import type { Kind, Place } from '../recorder/record.ts';

export type { Kind, Place } from '../recorder/record.ts';

/** One callback that the runtime ran. Handlers of exit and of errors may run inside of another; all others do not overlap. */
export interface TraceEvent {
  /** its index in the trace: events are in order of their start */
  readonly id: number;
  /** the event in which it was scheduled */
  readonly parent: number | null;
  readonly kind: Kind;
  /** `setTimeout 10 ms: tick`, `await in load` */
  readonly label: string;
  /** where the function begins that was called; for an async function that goes on, where it waited */
  readonly file: string | null;
  readonly line: number | null;
  /** where it was handed over; for promises, where `then` or `await` was reached */
  readonly scheduledFile: string | null;
  readonly scheduledLine: number | null;
  /** since the program's start */
  readonly startMs: number;
  readonly endMs: number;
  /** exactly what it wrote to standard output */
  readonly output: string;
}

/** Something that was handed to the runtime to be run later: once, never, or (setInterval, a listener) many times. */
export interface Task {
  /** its index in the trace */
  readonly id: number;
  readonly kind: Kind;
  readonly label: string;
  /** the event in which it was scheduled */
  readonly parent: number | null;
  readonly scheduled: Place | null;
  /** timers: when it may run at the earliest, since the program's start */
  readonly dueMs?: number;
  /** setInterval: after each run it is due again so much later */
  readonly everyMs?: number;
}

/** What happened, in order. A step lies in the event that began last and has not ended. */
export type Step = { readonly atMs: number } & (
  | { readonly kind: 'begin'; readonly event: number; /** what it was scheduled as */ readonly task: number | null }
  | { readonly kind: 'end'; readonly event: number }
  /** isReady: it stands in its queue at once; microtasks whose promise is pending wait for `ready` */
  | { readonly kind: 'schedule'; readonly task: number; readonly isReady: boolean }
  | { readonly kind: 'ready'; readonly task: number }
  /** it will not run any more: cleared, closed */
  | { readonly kind: 'drop'; readonly task: number }
  | { readonly kind: 'print'; readonly text: string; readonly place: Place | null }
);

export interface Trace {
  /** the program, absolute */
  readonly file: string;
  readonly events: readonly TraceEvent[];
  readonly tasks: readonly Task[];
  readonly steps: readonly Step[];
  /** what happened and cannot be shown, each a sentence: threads, child processes, output past the standard ways */
  readonly unseen: readonly string[];
}

/** How a traced program ended: as it would have without the trace, or because it was ended from outside. */
export type TraceEnding =
  | { readonly kind: 'exit'; readonly code: number }
  | { readonly kind: 'signal'; readonly signal: NodeJS.Signals }
  | { readonly kind: 'stopped'; readonly why: 'limit' | 'output' | 'abort' };

/** A run of a program and what was seen of it. */
export interface TracedRun {
  readonly trace: Trace;
  readonly ending: TraceEnding;
  /** what it wrote, as it wrote it */
  readonly stdout: string;
  readonly stderr: string;
}
