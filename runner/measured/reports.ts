// The latest report of each demo on this machine, as progress keeps it.
import type { Progress } from '../progress/progress.ts';
import { type DemoReport, readReport } from './kept-report.ts';

/** A demo's report, and when it was made, in milliseconds since 1970. */
export interface DatedReport {
  readonly report: DemoReport;
  readonly at: number;
}

/** By the demo's id. */
export type ReportOf = (demoId: string) => DatedReport | undefined;

export function reportsIn(progress: Progress): ReportOf {
  return (demoId) => {
    const kept = progress.measurement(demoId);
    const report = readReport(kept);
    return kept && report ? { at: kept.at, report } : undefined;
  };
}
