// What `demo --json` prints and progress keeps of a demo: everything that was found, and under which conditions. Pure.
import { measuredNumbers } from './measured-numbers.ts';
import type { DemoResult } from './run-demo.ts';

export function demoDocument(result: DemoResult) {
  const { id, title, claims, variants, ratios, verdicts, othersShare = null, pace, isStopped, machine } = result;
  const { python, recorded, curve } = result;
  const ofPython = { ...(python ? { python } : {}), ...(recorded ? { recorded } : {}) };
  const ofCurve = curve ? { curve } : {};
  const numbers = measuredNumbers(result);
  return {
    id,
    title,
    claims,
    variants,
    ratios,
    verdicts,
    othersShare,
    pace,
    isStopped,
    machine,
    ...ofPython,
    ...ofCurve,
    numbers,
  };
}
