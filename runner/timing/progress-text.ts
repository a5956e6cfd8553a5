// How far a demo is, as one line that changes. Pure.
import { type Pace, expectedMs } from './budget.ts';
import type { PlannedCurve } from './plan.ts';
import type { DemoProgress } from './run-demo.ts';

const columns = 20;

/** `[########------------] one thread / two threads: 23 rounds`. */
export function progressText(
  { plan, variants, rounds }: DemoProgress,
  { elapsedMs, pace }: { elapsedMs: number; pace: Pace },
): string {
  const part = Math.min(1, elapsedMs / expectedMs({ pace, series: plan.series }));
  const done = Math.round(part * columns);
  const bar = `[${'#'.repeat(done)}${'-'.repeat(columns - done)}]`;
  return variants.length === 0
    ? `${bar} setting up`
    : `${bar} ${plan.curve ? curveWords(plan.curve) : variants.join(' / ')}: ${rounds} ${rounds === 1 ? 'round' : 'rounds'}`;
}

/** `workers / processes, 1 to 4`: all of its points take turns. */
function curveWords({ ways, parts }: PlannedCurve): string {
  return `${ways.join(' / ')}, ${parts[0]} to ${parts.at(-1)}`;
}
