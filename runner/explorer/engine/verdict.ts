// What an exploration says.
import type { Bound } from './search.ts';
import type { MemoryModel } from './memories.ts';
import type { Move } from './state-space.ts';
import type { Operation, Place, Result, Value } from './operation.ts';

export type FailureKind = 'assertion' | 'exception' | 'invariant' | 'deadlock' | 'livelock' | 'race';

/** One step of a schedule, as it is shown. */
export interface Step {
  readonly thread: number;
  readonly kind: 'operation' | 'expiry' | 'drain';
  readonly operation: Operation;
  /** what the operation gave back; undefined also where the thread fell asleep */
  readonly result: Result;
  /** what the cell held before and after */
  readonly before: Value;
  readonly after: Value;
  /** innermost first */
  readonly places: readonly Place[];
  /** the thread that went before could have gone on */
  readonly isPreemption: boolean;
  /** it sleeps from here on */
  readonly sleeps: boolean;
  readonly woken: readonly number[];
}

/** How a thread stands at the end of a schedule. */
export type Standing =
  | { readonly kind: 'ended' }
  | { readonly kind: 'next'; readonly operation: Operation; readonly places: readonly Place[] }
  | { readonly kind: 'sleeps'; readonly operation: Operation; readonly places: readonly Place[] }
  | { readonly kind: 'threw'; readonly name: string; readonly message: string; readonly places: readonly Place[] }
  | { readonly kind: 'hung'; readonly places: readonly Place[] }
  | { readonly kind: 'unknown' };

/** Two accesses that nothing orders. */
export interface Race {
  readonly threads: readonly [number, number];
  readonly standings: readonly [Standing, Standing];
}

export interface Failure {
  readonly kind: FailureKind;
  /** what the author's check or the learner's code said, or '' */
  readonly said: string;
  readonly preemptions: number;
  /** the schedule as what happens at each step (schedule.ts makes a token of it) */
  readonly moves: readonly Move[];
  readonly steps: readonly Step[];
  /** of a livelock: the step from which on it repeats itself */
  readonly repeatsFrom: number | undefined;
  readonly standings: readonly Standing[];
  /** the race itself, or one that was met beside another failure */
  readonly race: Race | undefined;
  /** false: no shorter one was ruled out */
  readonly isMinimal: boolean;
}

export interface Effort {
  readonly states: number;
  /** how often the threads' code was run */
  readonly runs: number;
  readonly ms: number;
}

export type Exploration =
  | {
      readonly kind: 'passed';
      /** what was not looked at; undefined: nothing was left out */
      readonly bound: Bound | undefined;
      readonly effort: Effort;
      readonly memory: MemoryModel;
      /** a thread waits for a limited time: when that runs out was not left to chance */
      readonly hasTimedWait: boolean;
    }
  | {
      readonly kind: 'failed';
      readonly failure: Failure;
      readonly bound: Bound | undefined;
      readonly effort: Effort;
      readonly memory: MemoryModel;
    }
  | {
      readonly kind: 'unsupported';
      readonly reason: string;
      /** absolute; '' when there is no place to name */
      readonly file: string;
      readonly line: number;
    };
