// What a demo of a lesson imports as `interleave/kit/demo`. A demo says what is compared, how its results are checked
// and what the documents claim; how it is measured and judged is the course's.
import { setImmediate as turn } from 'node:timers/promises';

export { makeCurve as curve } from '../timing/curve.ts';
export { makeDemo as demo } from '../timing/demo.ts';
export type {
  Check,
  ClaimDefinition,
  Demo,
  DemoDefinition,
  PythonVariant,
  RatioDefinition,
  Run,
  Variant,
} from '../timing/demo.ts';
export type { Range } from '../timing/verdict.ts';

/** From here to there holds whatever is of the same order of magnitude: within a factor of the square root of ten. */
export function sameOrderAs(value: number): readonly [low: number, high: number] {
  return [value / Math.sqrt(10), value * Math.sqrt(10)];
}

/** Frees what is not needed any more, before memory is measured. */
export async function collectGarbage(): Promise<void> {
  const { gc } = globalThis;
  if (!gc) throw new Error('collectGarbage needs a process with --expose-gc, as a demo has');
  gc();
  // What is freed by a callback after the first collection is collected by the second.
  await turn();
  gc();
}
