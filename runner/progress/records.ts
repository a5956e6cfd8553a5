// What is kept of a learner's way through the course, and what can be asked of it. It knows nothing of how it is kept.
import type { Contents } from './contents.ts';

export type LabStatus = 'new' | 'started' | 'passed';

/** How the judging of a lab ended. */
export type RecordedVerdict = 'passed' | 'failed' | 'timed-out' | 'crashed' | 'not-runnable';

/** What somebody chose at a question of a lesson. */
export interface Answer {
  readonly choice: string;
  readonly isRight: boolean;
  readonly isPrediction: boolean;
}

/** A prediction whose latest answer was not right. */
export interface WrongPrediction {
  readonly lesson: string;
  readonly question: string;
  readonly choice: string;
  /** milliseconds since 1970 */
  readonly at: number;
}

/** How somebody answered a drill. */
export interface DrillAnswer {
  readonly seed: number;
  readonly level: number;
  readonly isRight: boolean;
  /** the level was asked for: it was not the one that is remembered */
  readonly isFixed: boolean;
}

/** A JSON document that was kept on this machine, by this version of the course or by an earlier one. */
export interface KeptReport {
  /** milliseconds since 1970 */
  readonly at: number;
  readonly report: unknown;
}

export type Place =
  | { readonly kind: 'lesson'; readonly lesson: string; readonly anchor: string }
  | { readonly kind: 'lab'; readonly lab: string };

export interface Progress {
  /**
   * What happened to the file: why progress is not kept, and what can be done about it, or that it was restored. It can
   * turn up, or become another one, at any call. Show each once.
   */
  readonly problem: string | undefined;
  /** false when what is recorded now is gone when the process ends */
  readonly isKept: boolean;
  /** @param ms how long the run took */
  recordVerdict(labId: string, verdict: RecordedVerdict, ms: number): void;
  /** @param rung the hint that was shown, counted from 1 */
  recordHint(labId: string, rung: number): void;
  recordSolutionSeen(labId: string): void;
  /** A lab that was passed once stays passed. */
  status(labId: string): LabStatus;
  /** the highest rung that was shown; 0: none */
  hintsTaken(labId: string): number;
  hasSeenSolution(labId: string): boolean;
  /** the lab that was judged, or helped with, last */
  lastLab(): string | undefined;
  /** @param anchor of the page of the lesson that is read now */
  recordPosition(lessonId: string, anchor: string): void;
  /** the anchor of the page that was read last */
  position(lessonId: string): string | undefined;
  /** Each is kept, with its time; the latest counts. */
  recordAnswer(lessonId: string, question: string, answer: Answer): void;
  /** the latest answer to each question of a lesson that was answered, by the question's name */
  answers(lessonId: string): ReadonlyMap<string, Answer & { readonly at: number }>;
  /** of all lessons, the oldest first; also of questions that the course does not have any more */
  wrongPredictions(): readonly WrongPrediction[];
  /** @param report the document of `demo --json`; kept for this machine */
  recordMeasurement(demoId: string, report: object): void;
  /** the latest of this machine; one with `pace: quick` only where there is no other */
  measurement(demoId: string): KeptReport | undefined;
  /** @param report how long a workload took, as JSON */
  recordTiming(labId: string, report: object): void;
  /** the latest of this machine */
  timing(labId: string): KeptReport | undefined;
  /** @param drill which kind: `order` */
  recordDrill(drill: string, answer: DrillAnswer): void;
  /** all answers to drills of a kind, the latest one last */
  drillAnswers(drill: string): readonly DrillAnswer[];
  /** where the learner was last; to lessons and labs that the course does not have any more as well */
  lastPlace(): Place | undefined;
  /** everything, to be carried elsewhere */
  contents(): Contents;
  /**
   * Adds what is not here yet; nothing that is here is lost.
   * @returns how many rows were added or brought up to date
   */
  merge(contents: Contents): number;
  close(): void;
}
