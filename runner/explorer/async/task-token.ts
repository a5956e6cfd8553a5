// An order of async tasks as a text that brings any machine to the same end: which of the possible turns was taken each time, runs
// of the same number together.
import type { AsyncFailure } from './verdict.ts';

/** More than the longest order that a search makes. */
const mostTurns = 10_000;

/** An order to follow, without a search. */
export interface TaskSchedule {
  readonly order: readonly number[];
  /** of a livelock: the turn from which on it repeats itself */
  readonly repeatsFrom?: number | undefined;
}

export interface TaskToken extends TaskSchedule {
  /** of the scenario's files: another text may have other choices */
  readonly digest: string;
}

/** What brings it about again. */
export function scheduleOf({ order, steps, repeatsFrom }: AsyncFailure): TaskSchedule {
  return { order, repeatsFrom: repeatsFrom === undefined ? undefined : steps[repeatsFrom]?.turn };
}

export function writeTaskToken({ digest, order, repeatsFrom = order.length }: TaskToken): string {
  const [once, again] = [order.slice(0, repeatsFrom), order.slice(repeatsFrom)].map(turnsOf);
  return `tasks-${digest}-${once || '0*0'}${again ? `~${again}` : ''}`;
}

/** @returns undefined for what is no token of tasks */
export function readTaskToken(text: string): TaskToken | undefined {
  const [, digest, once = '', again] = /^tasks-([0-9a-f]{8})-([0-9.*]+)(?:~([0-9.*]+))?$/.exec(text) ?? [];
  if (digest === undefined) return undefined;
  const [before, repeated] = [orderOf(once), again === undefined ? [] : orderOf(again)];
  if (!before || !repeated) return undefined;
  return { digest, order: [...before, ...repeated], ...(repeated.length > 0 && { repeatsFrom: before.length }) };
}

function turnsOf(order: readonly number[]): string {
  const turns: string[] = [];
  for (let at = 0; at < order.length;) {
    let length = 1;
    while (order[at + length] === order[at]) length += 1;
    turns.push(`${order[at]}${length > 1 ? `*${length}` : ''}`);
    at += length;
  }
  return turns.join('.');
}

function orderOf(turns: string): number[] | undefined {
  const order: number[] = [];
  for (const turn of turns.split('.')) {
    const [, choice, count = '1'] = /^(\d{1,3})(?:\*(\d{1,4}))?$/.exec(turn) ?? [];
    if (choice === undefined) return undefined;
    if (order.length + Number(count) > mostTurns) return undefined;
    for (let at = 0; at < Number(count); at += 1) order.push(Number(choice));
  }
  return order;
}
