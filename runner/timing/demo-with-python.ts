// A demo on this machine: with its variants in Python where there is a python3 that serves, else without them. It knows
// nothing of how they are measured.
import { dirname, resolve } from 'node:path';
import type { Demo, PythonSide, Side } from './demo.ts';
import { planWithout } from './plan-series.ts';
import type { PythonFacts, PythonMissing } from './python.ts';
import { type PythonProcess, PythonLost, startPython } from './python-process.ts';
import { resultProblem } from './sample.ts';

export interface DemoHere {
  readonly demo: Demo;
  /** undefined: it asks for none */
  readonly python: PythonFacts | PythonMissing | undefined;
  close(): void;
}

/** @param file of the demo: its scripts are named from there */
export async function withPython(demo: Demo, file: string): Promise<DemoHere> {
  const ofPython = [...demo.python.values()].map((side) => ({ ...side, script: resolve(dirname(file), side.script) }));
  if (ofPython.length === 0) return { demo, python: undefined, close() {} };
  const scripts = [...new Set(ofPython.map(({ script }) => script))];
  const python = await startPython(scripts, process.env);
  if ('missing' in python) return { demo: withoutPython(demo), python, close() {} };
  const sides = new Map([...demo.sides, ...ofPython.map((side) => [side.name, sideOf(side, python)] as const)]);
  return { demo: { ...demo, sides }, python: python.facts, close: () => python.close() };
}

/** What can be measured all the same. */
export function withoutPython(demo: Demo): Demo {
  return { ...demo, plan: planWithout(demo.plan, ({ inPython }) => inPython === true), python: new Map() };
}

/** What it gets wrong is no more the author's fault than what this Python cannot do: neither ends the demo. */
function sideOf({ script, call, args, ...side }: PythonSide, python: PythonProcess): Side {
  return {
    ...side,
    run: async () => await python.call({ script, call, args }),
    check(result, context) {
      const problem = resultProblem(side, result, context);
      if (problem !== undefined) throw new PythonLost(problem);
      return true;
    },
  };
}
