// How far a demo is, as one line that changes. Pure.
import { type Pace, expectedMs } from './budget.ts';
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
    : `${bar} ${variants.join(' / ')}: ${rounds} ${rounds === 1 ? 'round' : 'rounds'}`;
}
