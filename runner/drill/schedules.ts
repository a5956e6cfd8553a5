// Whether the order of a program's lines is forced: the model runs it in every way that the loop is free to go, and all
// of them must print the same. This is what keeps questions without an answer out of the drills. It knows nothing of the
// rules themselves, which stand in event-loop.ts.
import type { Choose } from './event-loop.ts';
import { type ModelRun, runModel } from './interpreter.ts';
import { type Program, printsOf } from './program.ts';

/** Whoever could go more ways than these is not worth asking about. */
const mostSchedules = 100;

/**
 * @returns one of the runs when all of them print every line of the program once, in one and the same order, and none
 *   ends with an unhandled rejection; else undefined
 */
export function forcedRun(program: Program): ModelRun | undefined {
  let first: ModelRun | undefined;
  let count = 0;
  for (const run of everyRun(program)) {
    if (++count > mostSchedules || run.isBroken) return undefined;
    first ??= run;
    if (!printsTheSame(run, first)) return undefined;
  }
  return first &&
    new Set(first.printed.map(({ print }) => print)).size === first.printed.length &&
    first.printed.length === printsOf(program).length
    ? first
    : undefined;
}

/** Every way in which the loop may go, depth first: each run takes the last choice that was left another way. */
export function* everyRun(program: Program): Generator<ModelRun> {
  let taken: number[] = [];
  for (;;) {
    const counts: number[] = [];
    const choose: Choose = (count) => {
      const choice = taken[counts.length] ?? 0;
      counts.push(count);
      return choice;
    };
    yield runModel(program, choose);
    const path = counts.map((_, index) => taken[index] ?? 0);
    const last = path.findLastIndex((choice, index) => choice + 1 < (counts[index] ?? 0));
    if (last < 0) return;
    taken = [...path.slice(0, last), (path[last] ?? 0) + 1];
  }
}

function printsTheSame(one: ModelRun, other: ModelRun): boolean {
  return (
    one.printed.length === other.printed.length &&
    one.printed.every(({ print }, index) => other.printed[index]?.print === print)
  );
}
