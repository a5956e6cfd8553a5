// What progress keeps of a demo, as long as it is what this version of the course understands.
import type { KeptReport } from '../progress/progress.ts';
import type { demoDocument } from '../timing/demo-document.ts';

/** The document of `demo --json`. */
export type DemoReport = ReturnType<typeof demoDocument>;

/** What another version of the course has kept may look different; then it is measured again. */
export function readReport(kept: KeptReport | undefined): DemoReport | undefined {
  const report = kept?.report;
  if (typeof report !== 'object' || report === null) return undefined;
  const { title, variants, ratios, verdicts, numbers } = report as Partial<Record<keyof DemoReport, unknown>>;
  const isDocument =
    typeof title === 'string' &&
    [variants, ratios, verdicts].every(isListOfObjects) &&
    typeof numbers === 'object' &&
    numbers !== null;
  return isDocument ? (report as DemoReport) : undefined;
}

function isListOfObjects(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === 'object' && item !== null);
}
