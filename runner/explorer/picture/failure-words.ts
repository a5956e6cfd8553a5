// A failure in one or two sentences; the picture says the rest.
import { isWrite } from '../engine/operation.ts';
import type { ScenarioFacts } from '../explore-file.ts';
import { isLostWakeUp, sleepersOf } from './sleepers.ts';
import type { Failure, Race, Standing } from '../engine/verdict.ts';

/** What is wrong, and a race that was met beside it. */
export function failureHeadline(failure: Failure, scenario: ScenarioFacts): string {
  const { kind, race } = failure;
  const beside = race && kind !== 'race' ? ` There is a data race as well: ${raceSentence(race, scenario)}` : '';
  return `${whatFailed(failure, scenario)}${beside}`;
}

export function whatFailed(failure: Failure, scenario: ScenarioFacts): string {
  const { kind, said, race, standings, steps } = failure;
  switch (kind) {
    case 'assertion':
    case 'exception': {
      const thread = standings.findIndex((standing) => standing.kind === 'threw');
      return thread >= 0
        ? `Thread ${thread} throws ${sentence(said)}`
        : `When all threads have ended: ${sentence(said)}`;
    }
    case 'invariant':
      return `The invariant does not hold after ${steps.length === 0 ? 'setup()' : `step ${steps.length}`}: ${sentence(said)}`;
    case 'deadlock':
      return deadlock(failure, scenario);
    case 'livelock': {
      const thread = standings.findIndex((standing) => standing.kind === 'hung');
      const at = standings[thread];
      if (at?.kind !== 'hung') return endless(failure);
      const line = at.places[0] ? ` (line ${at.places[0].line})` : '';
      return `Livelock: thread ${thread} loops without ever touching shared memory${line}.`;
    }
    case 'race':
      return `Data race: ${race ? raceSentence(race, scenario) : ''}`;
  }
}

function endless({ steps, repeatsFrom = 0 }: Failure): string {
  const [first, ...others] = new Set(steps.slice(repeatsFrom).map((step) => step.thread));
  return others.length === 0
    ? `Livelock: thread ${first} goes round for ever, and nobody is left to let it out.`
    : 'Livelock: everybody goes on for ever, and nobody gets anywhere.';
}

function deadlock(failure: Failure, { layout }: ScenarioFacts): string {
  const { all, circle } = sleepersOf(failure);
  const asleep = all.map(({ thread, operation }) => `thread ${thread} sleeps on ${layout.nameOf(operation.cell)}`);
  const isLost = all.some(({ cause }) => isLostWakeUp(cause));
  const how = circle.length > 0 ? ', in a circle' : isLost ? ', by a lost wake-up' : '';
  return `Deadlock${how}: ${asleep.join(', ')}, and nobody is left to wake ${asleep.length === 1 ? 'it' : 'them'}.`;
}

/** `thread 0 writes counter[0] and thread 1 reads it, and nothing orders the two.` */
function raceSentence({ threads, standings }: Race, scenario: ScenarioFacts): string {
  const [one, other] = standings.map((standing, index) => access(standing, threads[index] ?? 0, scenario));
  return `${one} and ${other}, and nothing orders the two.`;
}

function access(standing: Standing, thread: number, { layout }: ScenarioFacts): string {
  if (standing.kind !== 'next' && standing.kind !== 'sleeps') return `thread ${thread}`;
  const { operation, places } = standing;
  const does = isWrite(operation) ? 'writes' : 'reads';
  const how = operation.name === 'read' || operation.name === 'write' ? '' : ` with Atomics.${operation.name}`;
  const line = places[0] ? ` (line ${places[0].line})` : '';
  return `thread ${thread} ${does} ${layout.nameOf(operation.cell)}${how}${line}`;
}

/** What Node's assert says below its first line is the heart of it; of a long comparison the beginning will do. */
function sentence(text: string): string {
  const [first = '', ...more] = text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()]));
  const whole = first.endsWith(':') && more.length > 0 ? `${first} ${more.slice(0, mostLines).join(' ')}` : first;
  return /[.!?:]$/.test(whole) ? whole : `${whole}.`;
}

const mostLines = 4;
