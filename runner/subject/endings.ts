// How the life of a subject ends, as data. The words for them are in judge/ending-words.ts.
import type { ErrorReport } from './frames.ts';

/** A place in a file of the stage. */
export interface Place {
  /** relative to the stage, as in `lab.ts` */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** the function's name, or '' */
  readonly within: string;
}

/** What a thread was doing when it was looked at. */
export type Doing =
  /** running JavaScript that does not come to an end */
  | 'looping'
  /** running microtasks that beget microtasks: promise reactions, queueMicrotask */
  | 'microtasks'
  /** the same with process.nextTick */
  | 'ticks'
  /** the first of these, inside of a call that prints */
  | 'printing'
  /** blocked in Atomics.wait */
  | 'waiting'
  /** its event loop turns and has nothing to run */
  | 'idle'
  /** it did not say */
  | 'unknown';

export interface ThreadStanding {
  readonly doing: Doing;
  /** the innermost place of the learner's code on its stack */
  readonly at: Place | undefined;
}

/** Where a subject stood when its time was up, as it says itself: for a message, never for a verdict. */
export interface Standing {
  readonly main: ThreadStanding;
  readonly workers: readonly ThreadStanding[];
  /** what keeps its event loop alive, in Node's words: `Timeout`, `MessagePort`, ... */
  readonly pending: readonly string[];
}

export type Ending =
  /** the time limit, while loading or in a test */
  | { readonly kind: 'time'; readonly limitMs: number; readonly loading: boolean; readonly standing: Standing }
  | { readonly kind: 'memory'; readonly limitMiB: number; readonly seenMiB: number; readonly standing: Standing }
  /** it printed more than it may, or was still printing when its time was up */
  | { readonly kind: 'output'; readonly seenKiB: number; readonly beginning: string; readonly at: Place | undefined }
  /** a worker printed without end, which only fills the memory: what it prints goes out when its event loop turns */
  | { readonly kind: 'worker-output'; readonly at: Place | undefined }
  /** more on the wire than any answer needs, or something that is no frame */
  | { readonly kind: 'wire'; readonly reason: string }
  /** process.exit, or the event loop ran empty */
  | { readonly kind: 'exit'; readonly code: number; readonly at: Place | undefined }
  | { readonly kind: 'signal'; readonly signal: string; readonly stderr: string }
  | {
      readonly kind: 'uncaught';
      readonly error: ErrorReport;
      readonly rejection: boolean;
      readonly at: Place | undefined;
    }
  | { readonly kind: 'import-error'; readonly error: ErrorReport; readonly at: Place | undefined }
  | {
      readonly kind: 'syntax-error';
      readonly error: ErrorReport;
      readonly at: Place | undefined;
      readonly excerpt: string;
    }
  | { readonly kind: 'refused-import'; readonly error: ErrorReport; readonly at: Place | undefined }
  | {
      readonly kind: 'missing-export';
      readonly name: string;
      /** what it is instead of a function: `undefined`, `number`, ... */
      readonly found: string;
      /** what the learner's file does export */
      readonly exports: readonly string[];
    }
  /** the learner's first file holds no code */
  | { readonly kind: 'empty-file'; readonly file: string; readonly lab: string }
  /** the submission itself cannot be run: too large, not there */
  | { readonly kind: 'unusable'; readonly reason: string }
  /** the judge's own machine could not start the child */
  | { readonly kind: 'no-start'; readonly reason: string }
  | { readonly kind: 'cancelled' };

/** What a call to a dead or dying subject rejects with. */
export class EndedError extends Error {
  override name = 'EndedError';
  readonly ending: Ending;

  constructor(ending: Ending) {
    super(`the subject ended: ${ending.kind}`);
    this.ending = ending;
  }
}
