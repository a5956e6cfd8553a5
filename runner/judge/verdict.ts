// A verdict as data: what `test --json` prints, what the tutor shows and progress records.

export type TestStatus = 'passed' | 'failed' | 'skipped';

export interface TestResult {
  readonly name: string;
  readonly status: TestStatus;
  /** why it failed, in the lesson's words, or why it was not run; when it passed, what was proved, or '' */
  readonly message: string;
  /** the same for a window of less than 80 columns, where it has a picture */
  readonly narrow?: string;
  /** what was proved, one by one */
  readonly proofs?: readonly Proof[];
  readonly ms: number;
}

/** What a test that passed has shown beyond the runs that it made. */
export interface Proof {
  /** a sentence */
  readonly words: string;
  /** beside others: `2 threads, 19 states` */
  readonly brief: string;
  /** what it does not say, a sentence each */
  readonly limits: readonly string[];
}

/** How a run goes on, told while it does. */
export type TestNews =
  | { readonly kind: 'began'; readonly name: string }
  | { readonly kind: 'ended'; readonly result: TestResult };

export type VerdictKind =
  | 'passed'
  | 'failed'
  /** a limit was reached: time, memory, output */
  | 'timed-out'
  /** the program ended before it had answered */
  | 'crashed'
  /** it could not be started: syntax error, failure at import, missing export */
  | 'not-runnable';

export interface Verdict {
  /** `11.1` */
  readonly lab: string;
  readonly verdict: VerdictKind;
  /** how the learner's program ended: `completed`, or the kind of its `Ending` */
  readonly ending: string;
  /** what a learner should read first */
  readonly message: string;
  readonly tests: readonly TestResult[];
  /** from the request to the verdict */
  readonly ms: number;
  /** what the random inputs of this run came from: the same seed gives the same inputs */
  readonly seed: string;
  /** what still ran after the last test and was ended, in words */
  readonly leftBehind: readonly string[];
  /** the beginning of what the learner's code printed; hostile text */
  readonly output: string;
}
