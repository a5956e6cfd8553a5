/**
 * Wrong usage or wrong content: a mistake of whoever typed a command or wrote a lesson, never of a learner's
 * program (those are verdicts) and never a bug of ours. The command line shows it and exits with `exitCode`.
 */
export class CourseError extends Error {
  override name = 'CourseError';
  /** What the reader can do about it: one sentence. */
  readonly next: string;
  /** 2: usage or content; 3: a part of the machine is missing. */
  readonly exitCode: 2 | 3;

  constructor(message: string, next: string, exitCode: 2 | 3 = 2) {
    super(message);
    this.next = next;
    this.exitCode = exitCode;
  }
}
