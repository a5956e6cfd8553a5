// Runs a demo of a lesson for somebody who reads it, and keeps what it measured. It knows nothing of how that is shown.
import { CourseError } from '../course/course-error.ts';
import type { Lesson } from '../course/lesson.ts';
import type { Progress } from '../progress/progress.ts';
import { demoDocument } from '../timing/demo-document.ts';
import { progressText } from '../timing/progress-text.ts';
import { runDemo } from '../timing/run-demo.ts';
import type { DemoOutcome } from './reader-outcomes.ts';
import { measurementOf } from './reader-measurements.ts';

const pace = 'full';

export interface MeasureOptions {
  /** ends it with what was measured until then */
  readonly signal: AbortSignal;
  /** says in one line how far it is */
  readonly tell: (text: string) => void;
}

/** @param name of a demo that the lesson's text names */
export async function measure(
  { id, demos }: Lesson,
  name: string,
  progress: Progress,
  { signal, tell }: MeasureOptions,
): Promise<DemoOutcome> {
  const demo = demos.find((demo) => demo.name === name);
  const start = performance.now();
  try {
    if (!demo) throw new CourseError(`There is no demo ${id}/${name}.`, 'The text of the lesson has to be mended.');
    const result = await runDemo(demo, {
      pace,
      signal,
      onProgress(progress) {
        if (!signal.aborted) tell(progressText(progress, { elapsedMs: performance.now() - start, pace }));
      },
    });
    // Of what was stopped nobody knows what it would have said; what is shown later should be worth it.
    if (!result.isStopped) progress.recordMeasurement(result.id, demoDocument(result));
    return { measurement: measurementOf(result) };
  } catch (error) {
    if (!(error instanceof CourseError)) throw error;
    return { problem: { message: error.message, next: error.next } };
  }
}
