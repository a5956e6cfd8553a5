// What the suite demands of a run and of a list of runs, in the lesson's words. Whatever the learner's code returned may be
// anything. It knows nothing of processes.
import { isDeepStrictEqual } from 'node:util';
import { check } from 'interleave/kit';
import type { Ending } from './lab.ts';
import { show } from './show.ts';

function isRun(value: unknown): value is { ending: unknown; output: string } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'ending' in value &&
    'output' in value &&
    typeof value.output === 'string'
  );
}

function theRun(value: unknown) {
  check(isRun(value), {
    expected: 'a run to be {ending, output}, with the output a text',
    happened: `It was ${show(value)}.`,
    look: 'what the promise resolves with.',
  });
  return value;
}

/** @returns the output of what should be a run */
export function outputOf(value: unknown): string {
  return theRun(value).output;
}

/** @returns the ending of what should be a run */
export function endingOf(value: unknown): unknown {
  return theRun(value).ending;
}

const lookAtArguments =
  'what the events bring: "exit" and "close" a code and a signal, of which one is null; "error" an error with a code.';

/** Demands an ending. */
export function isEnding(ending: unknown, expected: Ending, whose: string, look = lookAtArguments): void {
  check(isDeepStrictEqual({ ...(ending as object) }, { ...expected }), {
    expected: `the ending ${show(expected)} for ${whose}`,
    happened: `It was ${show(ending)}.`,
    look,
  });
}

/** Demands a list, as supervise is to resolve with. */
export function runsIn(value: unknown): unknown[] {
  check(Array.isArray(value), {
    expected: 'supervise to resolve with a list of runs',
    happened: `It resolved with ${show(value)}.`,
    look: 'what supervise returns.',
  });
  return value as unknown[];
}

/** Demands runs that ended like this, in this order. */
export function isRuns(runs: readonly unknown[], expected: readonly Ending[]): void {
  const endings = runs.map(endingOf);
  check(
    isDeepStrictEqual(
      endings.map((ending) => ({ ...(ending as object) })),
      expected.map((ending) => ({ ...ending })),
    ),
    {
      expected: `${expected.length === 0 ? 'no runs' : `runs with the endings ${expected.map(show).join(', ')}, in this order`}`,
      happened: endings.length === 0 ? 'There were none.' : `The endings were ${endings.map(show).join(', ')}.`,
      look: 'which runs are in the list, and what is said of how each ended.',
    },
  );
}
