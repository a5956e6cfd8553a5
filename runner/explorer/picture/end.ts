// How a schedule ends, in sentences: who sleeps where and why nobody wakes it, what two accesses race, what repeats. Only what
// the steps show is said. Pure.
import { isPlain, isWrite, type Operation } from '../engine/operation.ts';
import { isLostWakeUp, sleepersOf, type Deed, type Sleeper, type Stale } from './sleepers.ts';
import { capital, cellText, doesChange, intentWords, placeText, threadsText, valueText, type NameOf } from './words.ts';
import type { Failure, Race, Standing } from '../engine/verdict.ts';

/** So many cells can be taken in. */
const mostCells = 10;

/** A paragraph each. */
export function endWords(failure: Failure, nameOf: NameOf): string[] {
  const { race } = failure;
  const beside =
    race && failure.kind !== 'race'
      ? [`There is a data race as well: at some moment ${accessWords(race, nameOf)}. ${unordered(race, nameOf)}`]
      : [];
  return [...mainWords(failure, nameOf), ...beside];
}

function mainWords(failure: Failure, nameOf: NameOf): string[] {
  switch (failure.kind) {
    case 'assertion':
    case 'exception':
    case 'invariant':
      return [memoryWords(failure, nameOf)].filter((words) => words !== '');
    case 'deadlock':
      return deadlockWords(failure, nameOf);
    case 'livelock':
      return livelockWords(failure, nameOf);
    case 'race':
      return failure.race ? raceWords(failure.race, nameOf) : [];
  }
}

/** What the cells that the steps name hold at the end. */
function memoryWords({ steps }: Failure, nameOf: NameOf): string {
  const held = new Map<string, string>();
  for (const { operation, after } of steps) held.set(cellText(operation, nameOf), valueText(after));
  if (held.size === 0) return '';
  const shown = [...held].slice(0, mostCells).map(([cell, value]) => `${cell} is ${value}`);
  const more = held.size > mostCells ? `, and ${held.size - mostCells} more` : '';
  return `In memory then: ${shown.join(', ')}${more}.`;
}

function deadlockWords(failure: Failure, nameOf: NameOf): string[] {
  const { all, circle } = sleepersOf(failure);
  const isLost = all.some(({ cause }) => isLostWakeUp(cause));
  const ended = failure.standings.flatMap((standing, thread) => (standing.kind === 'ended' ? [thread] : []));
  const others =
    ended.length > 0
      ? ` ${capital(threadsText(ended))} ${ended.length === 1 ? 'has' : 'have'} ended, so nobody is left to call notify.`
      : ' Nobody is left to call notify.';
  const names = circle.length > 0 ? [circleWords(circle)] : isLost ? ['That is a lost wake-up.'] : [];
  const words = all.map((sleeper) => `${sleepWords(sleeper, nameOf)} ${causeWords(sleeper, failure, nameOf)}`);
  return [...words, [...names, others.trim()].join(' ')];
}

function sleepWords({ thread, since, operation, place }: Sleeper, nameOf: NameOf): string {
  const at = place ? ` (${placeText(place)})` : '';
  return `Thread ${thread} sleeps on ${cellText(operation, nameOf)} since step ${since + 1}${at}.`;
}

function causeWords({ operation, now, cause }: Sleeper, failure: Failure, nameOf: NameOf): string {
  const cell = cellText(operation, nameOf);
  switch (cause.kind) {
    case 'changed': {
      const by = cause.by ? ` (${deedText(cause.by)})` : '';
      const notify = cause.wentTo
        ? `the notify of step ${cause.wentTo.step + 1} woke ${threadsText(cause.wentTo.woken)} instead`
        : 'nobody has called notify on it since';
      return `It went to sleep because ${cell} was ${valueText(operation.value)}. It is ${valueText(now)} by now${by}, but ${notify}.`;
    }
    case 'too-early':
      return (
        `${staleWords(cause.stale, nameOf)}The notify on ${cell} had come before (${deedText(cause.notify)}), when it did not ` +
        'sleep yet: a notify wakes those who sleep, and is not kept for those who come later.'
      );
    case 'looked-after':
      return (
        `The last notify on ${cell} had come before (${deedText(cause.notify)}). It looked at ${cell} after that (step ` +
        `${cause.look.step + 1}), saw ${valueText(now)} and went to sleep: it waits for another change.`
      );
    case 'others-woken':
      return `The notify of step ${cause.wentTo.step + 1} (thread ${cause.wentTo.thread}) woke ${threadsText(cause.wentTo.woken)}, and not this one.`;
    case 'set': {
      const { by, thenBySelf } = cause;
      const standing = failure.standings[by.thread]?.kind;
      const setter = standing === 'ended' ? ' and has ended' : standing === 'sleeps' ? ' and sleeps, too' : '';
      const valueOf = (deed: Deed): string => valueText(failure.steps[deed.step]?.after ?? now);
      return thenBySelf
        ? `It set ${cell} to ${valueOf(thenBySelf)} itself in step ${thenBySelf.step + 1}; before that thread ${by.thread} ` +
            `had set it to ${valueOf(by)} in step ${by.step + 1}${setter}.`
        : `Thread ${by.thread} set ${cell} to ${valueOf(by)} in step ${by.step + 1}${setter}.`;
    }
    case 'own': {
      const sets = cause.by.map(({ step }) => `to ${valueText(failure.steps[step]?.after ?? now)} in step ${step + 1}`);
      return `Nobody but itself has changed ${cell}: ${sets.join(', ')}.`;
    }
    case 'untouched':
      return `${staleWords(cause.stale, nameOf)}Nobody has changed ${cell}: it is ${valueText(now)}, as at the beginning.`;
  }
}

function staleWords(stale: Stale | undefined, nameOf: NameOf): string {
  if (!stale) return '';
  const { look, operation, saw, change, became } = stale;
  return (
    `It had looked at ${cellText(operation, nameOf)} in step ${look.step + 1} and seen ${valueText(saw)}; thread ${change.thread} ` +
    `set that to ${valueText(became)} in step ${change.step + 1}, before thread ${look.thread} slept. `
  );
}

function circleWords(circle: readonly number[]): string {
  const links = circle.map((thread, index) => `thread ${thread} for thread ${circle[(index + 1) % circle.length]}`);
  return `They wait for each other in a circle: ${links.join(', ')}.`;
}

function livelockWords({ steps, standings, repeatsFrom }: Failure, nameOf: NameOf): string[] {
  const hung = standings.flatMap((standing, thread) => (standing.kind === 'hung' ? [{ thread, standing }] : []))[0];
  if (hung) {
    const { thread, standing } = hung;
    const at = standing.places[0] ? ` It was stopped at ${placeText(standing.places[0])}.` : '';
    const before = steps.filter((step) => step.thread === thread);
    const led =
      before.length === 0
        ? 'It has not touched shared memory at all.'
        : `Its last step in shared memory was step ${steps.lastIndexOf(before.at(-1) as (typeof steps)[number]) + 1}; nothing that another thread does can reach it in this loop.`;
    return [`Thread ${thread} goes round in a loop without looking at shared memory.${at} ${led}`];
  }
  if (repeatsFrom === undefined) return [];
  const turn = steps.slice(repeatsFrom);
  const going = [...new Set(turn.map((step) => step.thread))].toSorted((a, b) => a - b);
  const asleep = standings.flatMap((standing, thread) => (standing.kind === 'sleeps' ? [thread] : []));
  const rest = asleep.length > 0 ? ` ${capital(threadsText(asleep))} ${asleep.length === 1 ? 'sleeps' : 'sleep'}.` : '';
  const still = turn.some(doesChange)
    ? 'What they change they change back.'
    : `Nobody changes ${[...new Set(turn.map(({ operation }) => cellText(operation, nameOf)))].join(', ')} any more.`;
  const who = capital(threadsText(going));
  const goOn =
    going.length === 1
      ? `${who} goes on for ever and never ends`
      : `${who} ${going.length === 2 ? 'both' : 'all'} go on, each in its turn, and ${going.length === 2 ? 'neither' : 'none'} of them ever ends`;
  const what =
    repeatsFrom + 1 === steps.length
      ? `Step ${steps.length} comes`
      : `Steps ${repeatsFrom + 1} to ${steps.length} come`;
  return [`${what} again and again. ${goOn}. ${still}${rest}`];
}

function raceWords(race: Race, nameOf: NameOf): string[] {
  const isAnyPlain = race.standings.some((standing) => standing.kind === 'next' && isPlain(standing.operation));
  const met = `${capital(accessWords(race, nameOf))}. ${unordered(race, nameOf)}`;
  if (!isAnyPlain)
    return [
      met,
      'Only accesses of the very same bytes are ordered by Atomics: look at one word through views of one size.',
    ];
  return [
    met,
    'A plain access orders nothing. Processor and compiler may move it, and the other thread may see it late or early, ' +
      'so that the interleavings are not all that can happen. Use Atomics for both, or a lock around both.',
  ];
}

function accessWords({ threads, standings }: Race, nameOf: NameOf): string {
  const [one, other] = standings.map((standing, index) => accessText(standing, threads[index] ?? 0, nameOf));
  return `${one}, and ${other}`;
}

function accessText(standing: Standing, thread: number, nameOf: NameOf): string {
  if (standing.kind !== 'next') return `thread ${thread} goes on`;
  const at = standing.places[0] ? ` (${placeText(standing.places[0])})` : '';
  return `thread ${thread} is about to ${intentWords(standing.operation, nameOf)}${at}`;
}

function unordered({ standings }: Race, nameOf: NameOf): string {
  const [one, other] = standings.map((standing) => (standing.kind === 'next' ? standing.operation : undefined));
  if (!one || !other) return 'Nothing orders the two.';
  const [cell, second] = [cellText(one, nameOf), cellText(other, nameOf)];
  const overlap = cell === second ? '' : ` ${cell} and ${second} are the same bytes, or some of them.`;
  return `Either can come first: nothing makes one wait for the other.${overlap} ${howPlain(one, other)}`;
}

function howPlain(one: Operation, other: Operation): string {
  if (isPlain(one) && isPlain(other)) return 'Both accesses are plain.';
  if (!isPlain(one) && !isPlain(other)) return 'Both are of Atomics, but not of the very same bytes.';
  const plain = isPlain(one) ? one : other;
  return `The ${isWrite(plain) ? 'write' : 'read'} is a plain one.`;
}

function deedText({ step, thread }: Deed): string {
  return `thread ${thread}, step ${step + 1}`;
}
