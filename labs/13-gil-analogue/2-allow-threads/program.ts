// A program as it crosses the wire: what its steps are, and what comes of them.
import type { Step } from './lab.ts';

export interface PlannedStep {
  readonly kind: Step['kind'];
  /** what it returns */
  readonly returns: unknown;
  /** the message of the Error that it throws instead */
  readonly throws?: string;
}

/** Something that a thread did, in the order in which it did it. `at` is the place of a step in its program. */
export type Event =
  | { readonly what: 'taken' | 'taken twice' | 'given back' | 'given back unheld' }
  | { readonly what: 'step'; readonly at: number; readonly isHeld: boolean };

export type Ending =
  | { readonly kind: 'returned'; readonly value: unknown }
  | { readonly kind: 'threw'; readonly message: string };
