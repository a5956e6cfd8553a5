// What an async exploration found, in sentences.
import { counted } from '../picture/words.ts';
import type { AsyncBound, AsyncExploration, AsyncFailure } from './verdict.ts';

type Passed = Extract<AsyncExploration, { kind: 'passed' }>;

/** What is wrong. */
export function taskFailureHeadline({ kind, said, standings, steps }: AsyncFailure): string {
  switch (kind) {
    case 'assertion':
    case 'exception': {
      const task = standings.findIndex((standing) => standing.kind === 'threw');
      if (task >= 0) return `Task ${task} throws ${sentence(said)}`;
      return kind === 'assertion'
        ? `When all tasks have ended: ${sentence(said)}`
        : `A promise is rejected and nobody waits for it: ${sentence(said)}`;
    }
    case 'invariant':
      return `The invariant does not hold after ${steps.length === 0 ? 'setup()' : `step ${steps.length}`}: ${sentence(said)}`;
    case 'deadlock': {
      const waiting = standings.flatMap((standing, task) => (standing.kind === 'waits' ? [`task ${task}`] : []));
      const [wait, are] = waiting.length === 1 ? ['waits', 'it'] : ['wait', 'them'];
      return `Deadlock: ${listed(waiting)} ${wait} for a promise that nobody is left to settle for ${are}.`;
    }
    case 'livelock': {
      const hung = standings.flatMap((standing, task) => (standing.kind === 'hung' ? [`task ${task}`] : []));
      const at = standings.find((standing) => standing.kind === 'hung');
      if (!at) return 'Livelock: the tasks go round in a circle for ever, and nobody gets anywhere.';
      return `Livelock: ${hung.join(' or ')} loops without ever letting another one go on${at.places[0] ? ` (line ${at.places[0].line})` : ''}.`;
    }
    case 'race':
      throw new Error('tasks of one thread have no data races');
  }
}

/** Why it ends so: what came at the same moment, and what each task that cannot go on was left with. */
export function taskFailureEnd(failure: AsyncFailure): string[] {
  return [...sameTurnWords(failure), ...standingWords(failure)];
}

function sameTurnWords({ steps }: AsyncFailure): string[] {
  const groups = Map.groupBy(
    steps.map(({ turn }, at) => ({ turn, number: at + 1 })),
    ({ turn }) => turn,
  );
  const together = [...groups.values()].flatMap((group) => {
    const [first, last] = [group[0]?.number ?? 0, group.at(-1)?.number ?? 0];
    return last > first ? [`${first} ${last === first + 1 ? 'and' : 'to'} ${last}`] : [];
  });
  if (together.length === 0) return [];
  const all = together.length === 1 ? `Steps ${together[0]} come` : `Steps ${together.join(', and steps ')} each come`;
  return [`${all} in one turn of the event loop: what follows from them takes turns, an await at a time.`];
}

function standingWords({ kind, standings, steps }: AsyncFailure): string[] {
  if (kind === 'deadlock')
    return standings.flatMap((standing, task) => {
      if (standing.kind !== 'waits') return [];
      const [place] = standing.places;
      const line = place ? ` in line ${place.line}` : '';
      return [`Task ${task} awaits${line}; no operation and no timer is under way that could let it go on.`];
    });
  const isUnheard = kind === 'exception' && !standings.some((standing) => standing.kind === 'threw');
  if (isUnheard)
    return [
      'Node ends a program at such a rejection. Whoever waits for it later is too late: await it, or catch it, before.',
    ];
  const left = standings.flatMap((standing, task) =>
    standing.kind === 'next' ? [`task ${task} for ${standing.operation}`] : [],
  );
  return left.length > 0 && steps.length > 0 && kind !== 'livelock' ? [`Still waiting then: ${listed(left)}.`] : [];
}

/** The sentence that is sure. */
export function taskProofHeadline(tasks: number, { bound, effort }: Passed): string {
  const these = `${tasks === 1 ? 'this 1 task' : `these ${tasks} tasks`} and this script`;
  const orders = counted(effort.runs, 'order');
  if (bound === 'schedule') return 'This order ends without a failure.';
  if (bound === undefined) return `No order of ${these} fails: ${orders}, all of them.`;
  return `No failure found so far: ${orders} of ${these}, and not all of them.`;
}

/** Its limits, a sentence each. */
export function taskProofLimits({ bound, effort }: Passed): string[] {
  if (bound === 'schedule') return ['Others were not looked at: explore without --replay does.'];
  return [
    ...(bound === undefined || bound === 'hang' ? [] : [leftOut(bound, effort.ms)]),
    'It holds for this number of tasks and this script, not for others.',
    'An operation is answered at the moment of its effect. Where an answer may be late, make it an operation of its own.',
    'Timers come in the order of their deadlines; an operation may take any time.',
    'Of what may come in one turn of the event loop, all beginnings together and all answers together were tried, not each group of them, nor each order of what follows.',
  ];
}

function leftOut(bound: Exclude<AsyncBound, 'schedule' | 'hang'>, ms: number): string {
  switch (bound) {
    case 'time':
      return `The time was up after ${Math.round(ms / 1000)} s: the other orders were not looked at (--seconds allows more).`;
    case 'orders':
      return 'The number of orders was up: the others were not looked at (--states allows more).';
    case 'polling':
      return 'A task asks again and again, by a timer, for what it could be told: there is no end to the orders.';
    case 'operations':
      return 'In some orders the tasks do so many operations that they were not followed to their ends.';
  }
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

function sentence(said: string): string {
  const text = said.trimEnd();
  return /[.!?]$|\n/.test(text) ? text : `${text}.`;
}
