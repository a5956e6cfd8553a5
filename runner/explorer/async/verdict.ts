// What an exploration of async tasks says: the shape is that of threads (../engine/verdict.ts), the alphabet is another one.
import type { Place } from '../engine/operation.ts';
import type { Effort, FailureKind } from '../engine/verdict.ts';

/** Why not every order was tried; `schedule`: only one was asked for. */
export type AsyncBound = 'orders' | 'time' | 'operations' | 'polling' | 'hang' | 'schedule';

/** One thing that the explorer lets happen; at the end of its turn, what the tasks do until all of them wait again. */
export interface AsyncStep {
  /** which turn of the event loop it belongs to: those of one turn happen before anything that follows from them */
  readonly turn: number;
  /** whose; -1 for what no task has begun */
  readonly thread: number;
  /** a task begins; the effect of an operation that was called before; virtual time passes until something is due */
  readonly kind: 'start' | 'effect' | 'timer';
  /** as the author calls it: `store.read("ann")`, `sleep(10)`; `start` */
  readonly operation: string;
  /** what the effect returned or threw; undefined where there is none */
  readonly value: string | undefined;
  readonly isThrown: boolean;
  /** where the operation was called, innermost first */
  readonly places: readonly Place[];
  /**
   * the task that went before could have gone on, or time passes while an operation is under way; of a turn with several,
   * each but the first
   */
  readonly isPreemption: boolean;
}

/** How a task stands at the end of an order. */
export type AsyncStanding =
  | { readonly kind: 'ended' }
  | { readonly kind: 'unstarted' }
  /** for what it has called, which has not had its effect yet */
  | { readonly kind: 'next'; readonly operation: string; readonly places: readonly Place[] }
  /** for something that nobody will do; where it awaits, as far as that is known */
  | { readonly kind: 'waits'; readonly places: readonly Place[] }
  | { readonly kind: 'threw'; readonly name: string; readonly message: string; readonly places: readonly Place[] }
  | { readonly kind: 'hung'; readonly places: readonly Place[] };

export interface AsyncFailure {
  readonly kind: FailureKind;
  /** what the author's check or the code said, or '' */
  readonly said: string;
  readonly preemptions: number;
  /** the order: which of the possible turns was taken, each time */
  readonly order: readonly number[];
  readonly steps: readonly AsyncStep[];
  /** of a livelock: the step from which on it repeats itself */
  readonly repeatsFrom: number | undefined;
  readonly standings: readonly AsyncStanding[];
  /** false: no shorter one was ruled out */
  readonly isMinimal: boolean;
}

export type AsyncExploration =
  | { readonly kind: 'passed'; readonly bound: AsyncBound | undefined; readonly effort: Effort }
  | {
      readonly kind: 'failed';
      readonly failure: AsyncFailure;
      readonly bound: AsyncBound | undefined;
      readonly effort: Effort;
    }
  | { readonly kind: 'unsupported'; readonly reason: string; readonly file: string; readonly line: number };

export interface AsyncOptions {
  /** orders that are tried at most */
  readonly mostOrders: number;
  /** of one order */
  readonly mostOperations: number;
  /** A task that waits by the same timer so often in a row, and does nothing else, asks again and again: the search ends. */
  readonly mostVainRounds: number;
  readonly mostMs: number;
}

export const defaultAsyncOptions: AsyncOptions = {
  mostOrders: 4_000_000,
  mostOperations: 500,
  mostVainRounds: Infinity,
  mostMs: 60_000,
};
