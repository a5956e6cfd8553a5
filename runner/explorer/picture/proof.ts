// What a search without a failure has proved, and what it has not. Pure.
import type { ExploredFile } from '../explore-file.ts';
import { counted } from './words.ts';
import type { Bound } from '../engine/search.ts';
import type { Exploration } from '../engine/verdict.ts';

type Passed = Extract<Exploration, { kind: 'passed' }>;

/** The sentence that is sure. */
export function proofHeadline({ scenario }: ExploredFile, { bound, effort, memory }: Passed): string {
  const who = scenario.threads === 1 ? 'this 1 thread' : `these ${scenario.threads} threads`;
  const states = counted(effort.states, 'state');
  const model = memory === 'tso' ? ' with store buffers (tso)' : '';
  if (bound === 'schedule') return 'This schedule ends without a failure.';
  return bound === undefined
    ? `No interleaving of ${who} and this script fails${model}: ${states}, all of them.`
    : `No failure found so far: ${states} of ${who} and this script${model}, and not all of them.`;
}

/** Its limits, a sentence each. */
export function proofLimits({ bound, effort, memory, hasTimedWait }: Passed): string[] {
  if (bound === 'schedule') return ['Others were not looked at: explore without --replay does.'];
  return [
    ...(bound === undefined ? [] : [leftOut(bound, effort.ms)]),
    'It holds for this number of threads and this script, not for others.',
    memory === 'tso'
      ? 'Store buffers are a demonstration: data races are no failures here, and the memory model of JavaScript is weaker still.'
      : bound === undefined
        ? 'The threads take turns step by step (sequential consistency). That is exact, because no data race was found.'
        : 'The threads take turns step by step (sequential consistency). No data race was met.',
    ...(hasTimedWait
      ? [
          'A wait with a time limit runs out where nobody else can go on, or nobody gets anywhere: not while others are at work.',
        ]
      : []),
    'A loop that has read the same 200 times is taken to go on for ever if nothing changes. What a thread does only after an exact number of vain rounds is not looked for.',
  ];
}

function leftOut(bound: Exclude<Bound, 'schedule'>, ms: number): string {
  switch (bound) {
    case 'time':
      return `The time was up after ${Math.round(ms / 1000)} s: what is behind these states was not looked at (--seconds allows more).`;
    case 'states':
      return 'The number of states was up: what is behind them was not looked at (--states allows more).';
    case 'memory':
      return 'Memory was up: what is behind these states was not looked at.';
    case 'operations':
      return 'Some run of a thread is so long that its end was not looked at; checkpoint() in its loop may help.';
    case 'preemptions':
      return 'Runs with more preemptions were not looked at (--preemptions allows more).';
  }
}
