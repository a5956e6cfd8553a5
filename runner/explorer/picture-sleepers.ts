// Why nobody wakes those who sleep at the end of a schedule, as far as its steps show it: who changed the word that a thread
// sleeps on, which notify came too early or went to somebody else, who sleeps on what whom set. Pure; no words.
import type { Operation, Place, Value } from './operation.ts';
import { doesChange } from './picture-words.ts';
import type { Failure, Step } from './verdict.ts';

/** A step by its index, and who did it. */
export interface Deed {
  readonly step: number;
  readonly thread: number;
}

export type Cause =
  /** the cell holds another value by now; the notify, if there was one since it fell asleep, woke others */
  | { readonly kind: 'changed'; readonly by: Deed | undefined; readonly wentTo: Notified | undefined }
  /** notify came when it did not sleep yet, and the cell has not changed since */
  | { readonly kind: 'too-early'; readonly notify: Deed }
  /** notify woke others, who have not changed the cell since */
  | { readonly kind: 'others-woken'; readonly wentTo: Notified }
  /** somebody set the cell, and since then nobody but the sleeper itself has changed it */
  | { readonly kind: 'set'; readonly by: Deed; readonly thenBySelf: Deed | undefined }
  /** nobody has changed the cell */
  | { readonly kind: 'untouched' };

export interface Notified extends Deed {
  readonly woken: readonly number[];
}

export interface Sleeper {
  readonly thread: number;
  /** index of the step with which it fell asleep */
  readonly since: number;
  readonly operation: Extract<Operation, { name: 'wait' }>;
  readonly place: Place | undefined;
  /** what the cell holds now */
  readonly now: Value;
  readonly cause: Cause;
}

export interface Sleepers {
  readonly all: readonly Sleeper[];
  /** threads each of which sleeps, on words of their own, on what the next one set: the last one on what the first one set */
  readonly circle: readonly number[];
}

export function sleepersOf({ steps, standings }: Pick<Failure, 'steps' | 'standings'>): Sleepers {
  const all = standings.flatMap((standing, thread): Sleeper[] => {
    if (standing.kind !== 'sleeps' || standing.operation.name !== 'wait') return [];
    const since = steps.findLastIndex((step) => step.thread === thread && step.sleeps);
    return [sleeperOf(thread, since, standing.operation, standing.places[0], steps)];
  });
  return { all, circle: circleOf(all) };
}

function sleeperOf(
  thread: number,
  since: number,
  operation: Sleeper['operation'],
  place: Place | undefined,
  steps: readonly Step[],
): Sleeper {
  const { address } = operation.cell;
  const touching = steps.flatMap((step, index) => (step.operation.cell.address === address ? [{ step, index }] : []));
  const now = touching.at(-1)?.step.after ?? operation.value;
  const changes = touching.filter(({ step }) => doesChange(step));
  const notifies = touching.filter(({ step }) => step.operation.name === 'notify' && step.thread !== thread);
  const deed = (found: (typeof touching)[number] | undefined): Deed | undefined =>
    found && { step: found.index, thread: found.step.thread };
  const notified = (found: (typeof touching)[number] | undefined): Notified | undefined =>
    found && { step: found.index, thread: found.step.thread, woken: found.step.woken };
  const wentTo = notified(notifies.findLast(({ step, index }) => index > since && step.woken.length > 0));
  const lastChange = changes.at(-1);
  const early = notifies.findLast(
    ({ step, index }) => index < since && index > (lastChange?.index ?? -1) && step.woken.length === 0,
  );
  const byOthers = changes.findLast(({ step }) => step.thread !== thread);
  const cause = ((): Cause => {
    if (now !== operation.value)
      return { kind: 'changed', by: deed(changes.findLast(({ index }) => index > since)), wentTo };
    if (early) return { kind: 'too-early', notify: deed(early) as Deed };
    if (wentTo && wentTo.step > (lastChange?.index ?? -1)) return { kind: 'others-woken', wentTo };
    const by = deed(byOthers);
    if (!by) return { kind: 'untouched' };
    const own = deed(changes.at(-1));
    return { kind: 'set', by, thenBySelf: own?.thread === thread ? own : undefined };
  })();
  return { thread, since, operation, place, now, cause };
}

/** What it slept on has happened, or the wake-up went elsewhere: it should not sleep any more. */
export function isLostWakeUp({ kind }: Cause): boolean {
  return kind === 'changed' || kind === 'too-early' || kind === 'others-woken';
}

/** Follows each sleeper to whoever set what it sleeps on. Sleepers on one word are rivals, and no circle. */
function circleOf(all: readonly Sleeper[]): number[] {
  const byThread = new Map(all.map((sleeper) => [sleeper.thread, sleeper]));
  for (const start of all) {
    const way: Sleeper[] = [];
    let at: Sleeper | undefined = start;
    while (at && !way.includes(at)) {
      way.push(at);
      at = at.cause.kind === 'set' ? byThread.get(at.cause.by.thread) : undefined;
    }
    const addresses = new Set(way.map(({ operation }) => operation.cell.address));
    if (at === start && way.length > 1 && addresses.size === way.length) return way.map(({ thread }) => thread);
  }
  return [];
}
