// What a demo with Python found on another machine: the document of `demo --json`, in a file beside the demo.
import { readFileSync } from 'node:fs';
import type { Findings } from './analysis.ts';
import type { PythonFacts } from './python.ts';

export interface RecordedExample extends Pick<Findings, 'variants' | 'ratios' | 'verdicts'> {
  /** `2 cores, Linux, Node 24.21` */
  readonly machine: string;
  readonly python: PythonFacts;
}

/** `split-work.ts` has it in `split-work.recorded.json`. */
function recordedFile(demoFile: string): string {
  return demoFile.replace(/\.ts$/, '.recorded.json');
}

/** @returns nothing where nobody has recorded one */
export function recordedExample(demoFile: string): { recorded?: RecordedExample } {
  let text: string;
  try {
    text = readFileSync(recordedFile(demoFile), 'utf8');
  } catch {
    return {};
  }
  const { machine, python, variants, ratios, verdicts } = JSON.parse(text) as RecordedExample;
  return { recorded: { machine, python, variants, ratios, verdicts } };
}
