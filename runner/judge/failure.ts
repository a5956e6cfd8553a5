// A failure in the lesson's words, as suites state it and as the judge says what ended a program.

export interface Failure {
  /** what should have happened */
  readonly expected?: string;
  readonly happened: string;
  /** where to look, or what to do next */
  readonly look?: string;
}

/** Thrown by `check` in a suite. The message is whole, so that plain vitest and editors show all of it. */
export class LessonFailure extends Error {
  override name = 'LessonFailure';

  constructor(failure: Failure) {
    super(failureText(failure));
  }
}

export function failureText({ expected, happened, look }: Failure): string {
  return [
    ...(expected ? [`Expected: ${expected}`] : []),
    `Happened: ${happened}`,
    ...(look ? [`Look at:  ${look}`] : []),
  ].join('\n');
}
