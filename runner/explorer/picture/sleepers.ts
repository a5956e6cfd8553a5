// Why nobody wakes those who sleep at the end of a schedule, as far as its steps show it: who changed the word that a thread
// sleeps on, which notify came too early or went to somebody else, who sleeps on what whom set. Pure; no words.
import type { Operation, Place, Value } from '../engine/operation.ts';
import { doesChange } from './words.ts';
import type { Failure, Step } from '../engine/verdict.ts';

/** A step by its index, and who did it. */
export interface Deed {
  readonly step: number;
  readonly thread: number;
}

export type Cause =
  /** the cell holds another value by now; the notify, if there was one since it fell asleep, woke others */
  | { readonly kind: 'changed'; readonly by: Deed | undefined; readonly wentTo: Notified | undefined }
  /** notify came when it did not sleep yet, and the cell has not changed since; it acted on a look that was out of date */
  | { readonly kind: 'too-early'; readonly notify: Deed; readonly stale: Stale | undefined }
  /** the same, but it looked at the cell after that and chose to sleep */
  | { readonly kind: 'looked-after'; readonly notify: Deed; readonly look: Deed }
  /** notify woke others, who have not changed the cell since */
  | { readonly kind: 'others-woken'; readonly wentTo: Notified }
  /** somebody set the cell, and since then nobody but the sleeper itself has changed it */
  | { readonly kind: 'set'; readonly by: Deed; readonly thenBySelf: Deed | undefined }
  /** only the sleeper itself has changed the cell */
  | { readonly kind: 'own'; readonly by: readonly Deed[] }
  /** nobody has changed the cell; it may have acted on a look at another one that was out of date */
  | { readonly kind: 'untouched'; readonly stale: Stale | undefined };

/** What the sleeper saw before it went to sleep, and who changed it in between. */
export interface Stale {
  readonly look: Deed;
  readonly operation: Operation;
  readonly saw: Value;
  readonly change: Deed;
  readonly became: Value;
}

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
  const done = steps.map((step, index) => ({ step, index }));
  const touching = done.filter(({ step }) => isSameCell(step.operation, operation));
  const now = touching.at(-1)?.step.after ?? operation.value;
  return { thread, since, operation, place, now, cause: causeOf({ thread, since, operation, now, done, touching }) };
}

interface Done {
  readonly step: Step;
  readonly index: number;
}

interface Asleep extends Pick<Sleeper, 'thread' | 'since' | 'operation' | 'now'> {
  readonly done: readonly Done[];
  /** those that concern the cell that it sleeps on */
  readonly touching: readonly Done[];
}

function causeOf({ thread, since, operation, now, done, touching }: Asleep): Cause {
  const changes = touching.filter(({ step }) => doesChange(step));
  const lastChange = changes.at(-1);
  const isAfterLastChange = ({ index }: Done): boolean => index > (lastChange?.index ?? -1);
  const notifies = touching.filter(({ step }) => step.operation.name === 'notify' && step.thread !== thread);
  const gone = notifies.findLast(({ step, index }) => index > since && step.woken.length > 0);
  const wentTo = gone && { ...deed(gone), woken: gone.step.woken };
  if (now !== operation.value) {
    const by = changes.findLast(({ index }) => index > since);
    return { kind: 'changed', by: by && deed(by), wentTo };
  }
  const early = notifies.findLast(
    (each) => each.index < since && isAfterLastChange(each) && each.step.woken.length === 0,
  );
  if (early) {
    const stale = staleLook(thread, since, early.index, done);
    const look = touching.findLast(({ step, index }) => isLook(step) && step.thread === thread && index > early.index);
    return look && !stale
      ? { kind: 'looked-after', notify: deed(early), look: deed(look) }
      : { kind: 'too-early', notify: deed(early), stale };
  }
  if (gone && wentTo && isAfterLastChange(gone)) return { kind: 'others-woken', wentTo };
  const byOther = changes.findLast(({ step }) => step.thread !== thread);
  if (!byOther && changes.length > 0) return { kind: 'own', by: changes.map(deed) };
  if (!byOther) return { kind: 'untouched', stale: staleLook(thread, since, since, done) };
  const isOwn = lastChange?.step.thread === thread;
  return { kind: 'set', by: deed(byOther), thenBySelf: isOwn ? deed(lastChange) : undefined };
}

/**
 * The last thing that the sleeper looked at and did not touch again, and that somebody else changed before it slept.
 * @param until the step before which it was changed
 */
function staleLook(thread: number, since: number, until: number, done: readonly Done[]): Stale | undefined {
  const own = done.filter(({ step, index }) => step.thread === thread && index < since);
  for (const { step, index } of own.toReversed()) {
    if (!isLook(step)) continue;
    const isLast = !own.some((later) => later.index > index && isSameCell(later.step.operation, step.operation));
    const change = done.find(
      (each) =>
        each.index > index &&
        each.index < until &&
        each.step.thread !== thread &&
        isSameCell(each.step.operation, step.operation) &&
        doesChange(each.step),
    );
    if (!isLast || !change) continue;
    const { operation } = step;
    return { look: deed({ step, index }), operation, saw: step.after, change: deed(change), became: change.step.after };
  }
  return undefined;
}

function isLook({ operation }: Step): boolean {
  return operation.name === 'read' || operation.name === 'load';
}

function isSameCell(one: Operation, other: Operation): boolean {
  return one.cell.address === other.cell.address && one.cell.type === other.cell.type;
}

function deed({ step, index }: Done): Deed {
  return { step: index, thread: step.thread };
}

/** What it slept on has happened, or the wake-up went elsewhere: it should not sleep any more. */
export function isLostWakeUp(cause: Cause): boolean {
  const { kind } = cause;
  if (kind === 'untouched') return cause.stale !== undefined;
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
