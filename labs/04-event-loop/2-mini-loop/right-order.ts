// What a right order is, as data. How it is found stands in the suite: this file lies beside the learner's when those run.
import type { Call } from './driver.ts';
import type { Kind } from './programs.ts';

export type Phase = 'main' | 'timers' | 'poll' | 'check';

/** What the right order says of a call beyond its name. */
export interface RightCall extends Call {
  readonly now: number;
  /** what `now` is when it has returned */
  readonly end: number;
  /** the phase that it is in, or comes behind a callback of */
  readonly phase: Phase;
}

/** How a callback was set, and what became of it. */
export interface Setting {
  readonly queue: Kind | 'run';
  /** the callback that set it */
  readonly by: string;
  /** what `now` was then */
  readonly at: number;
  /** when it is due, or its answer there; when it was set, if nothing has to be waited for */
  readonly ready: number;
  readonly clearedBy: string | undefined;
}

export interface Right {
  readonly calls: readonly RightCall[];
  readonly settings: ReadonlyMap<string, Setting>;
  /** where the clock stands at the end */
  readonly now: number;
}

/** How the callback of a call was set; undefined for one of onError. */
export function settingOf(right: Right, call: Call): Setting | undefined {
  return call.kind === 'callback' ? right.settings.get(call.name) : undefined;
}
