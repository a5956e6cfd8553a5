// A lab's timing, as lines of text: pure. It is drawn as a demo is.
import { escapeText } from '../terminal/escape.ts';
import type { Style } from '../terminal/style.ts';
import { readableColumns, wrap } from '../terminal/wrap.ts';
import { demoLines } from './demo-lines.ts';
import type { LabTiming } from './lab-timing.ts';

export function labTimingLines(timing: LabTiming, columns: number, style: Style): string[] {
  if (timing.kind === 'unfinished')
    return wrap(escapeText(`Nothing was timed. ${timing.why}`), Math.min(columns, readableColumns));
  return demoLines({ ...timing, verdicts: [], pace: 'full', isStopped: false }, columns, style);
}
