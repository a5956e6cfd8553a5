// What demos have measured, as a lesson shows it: just now, or in an earlier session, of which progress kept a document.
import type { Demo } from '../course/lesson.ts';
import { readReport } from '../measured/kept-report.ts';
import type { Progress } from '../progress/progress.ts';
import { demoDocument } from '../timing/demo-document.ts';
import type { ShownResult } from '../timing/demo-lines.ts';
import type { DemoResult } from '../timing/run-demo.ts';

export interface Measurement {
  /** by the names that a lesson's text uses, without the demo's */
  readonly numbers: Readonly<Record<string, number>>;
  readonly result: ShownResult;
  /** milliseconds since 1970; of one that was made just now nothing needs to be said */
  readonly earlierAt?: number;
}

/** @returns undefined when nothing was measured before it was stopped */
export function measurementOf(result: DemoResult): Measurement | undefined {
  return result.variants.length > 0 ? { numbers: demoDocument(result).numbers, result } : undefined;
}

/** The latest of each demo, by the demo's name. */
export function keptMeasurements(demos: readonly Demo[], progress: Progress): Map<string, Measurement> {
  return new Map(
    demos.flatMap(({ id, name }) => {
      const kept = progress.measurement(id);
      const report = readReport(kept);
      if (!kept || !report) return [];
      const { numbers, othersShare, ...result } = report;
      return [[name, { numbers, result: { ...result, othersShare: othersShare ?? undefined }, earlierAt: kept.at }]];
    }),
  );
}
