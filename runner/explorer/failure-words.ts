// A failure in one or two sentences; the picture says the rest.
import { isWrite } from './operation.ts';
import type { ScenarioFacts } from './explore-file.ts';
import type { Failure, Race, Standing } from './verdict.ts';

export function failureHeadline(failure: Failure, scenario: ScenarioFacts): string {
  const { kind, said, race } = failure;
  const beside = race && kind !== 'race' ? ` There is a data race as well: ${raceSentence(race, scenario)}` : '';
  return `${headline(failure, scenario)}${beside}`;
  function headline({ standings }: Failure, { layout }: ScenarioFacts): string {
    switch (kind) {
      case 'assertion':
      case 'exception': {
        const thread = standings.findIndex((standing) => standing.kind === 'threw');
        return thread >= 0
          ? `Thread ${thread} throws ${sentence(said)}`
          : `When all threads have ended: ${sentence(said)}`;
      }
      case 'invariant':
        return `The invariant does not hold after the last step: ${sentence(said)}`;
      case 'deadlock': {
        const asleep = standings.flatMap((standing, thread) =>
          standing.kind === 'sleeps' ? [`thread ${thread} sleeps on ${layout.nameOf(standing.operation.cell)}`] : [],
        );
        return `Deadlock: ${asleep.join(', ')}, and nobody is left to wake ${asleep.length === 1 ? 'it' : 'them'}.`;
      }
      case 'livelock': {
        const thread = standings.findIndex((standing) => standing.kind === 'hung');
        const at = standings[thread];
        if (at?.kind !== 'hung') return 'Livelock: everybody goes on for ever, and nobody gets anywhere.';
        const line = at.places[0] ? ` (line ${at.places[0].line})` : '';
        return `Livelock: thread ${thread} loops without ever touching shared memory${line}.`;
      }
      case 'race':
        return `Data race: ${race ? raceSentence(race, scenario) : ''}`;
    }
  }
}

/** `thread 0 writes counter[0] and thread 1 reads it, and nothing orders the two.` */
export function raceSentence({ threads, standings }: Race, scenario: ScenarioFacts): string {
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

function sentence(text: string): string {
  const first = text.trim().split('\n')[0] ?? '';
  return /[.!?:]$/.test(first) ? first : `${first}.`;
}
