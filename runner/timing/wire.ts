// What the process that measures and the one that shows say to each other. Both ends are ours, the demo is the
// author's.
import type { DemoPlan, MachineLoad, Round } from './plan.ts';
import type { PythonFacts, PythonMissing } from './python.ts';

export type FromDemo =
  /** first: what will be measured; once more where Python is lost on the way, and then what was measured is void */
  | { readonly t: 'plan'; readonly plan: DemoPlan; readonly python?: PythonFacts | PythonMissing }
  /** without a load where the system does not say what processes take that the demo has started */
  | { readonly t: 'round'; readonly round: Round; readonly load?: MachineLoad }
  /** last, one of these two */
  | { readonly t: 'done' }
  | { readonly t: 'problem'; readonly message: string; readonly next: string; readonly exitCode: 2 | 3 };

/** Ends it after the round that is under way. */
export interface ToDemo {
  readonly t: 'stop';
}
