// A schedule as rows: its steps, and between them what happens to a thread without its doing anything. Pure; it knows nothing
// of where on the screen a row goes.
import { escapeLine } from '../../terminal/escape.ts';
import { foldRepeats } from '../../terminal/fold-repeats.ts';
import type { MemoryModel } from '../engine/memories.ts';
import type { Place } from '../engine/operation.ts';
import { intentWords, stepWords, type NameOf } from './words.ts';
import type { Failure, Standing, Step } from '../engine/verdict.ts';

export type Row =
  | {
      readonly kind: 'step';
      readonly thread: number;
      /** counted from 1 */
      readonly number: number;
      readonly text: string;
      readonly place: Place | undefined;
    }
  /** what is said of a thread where it does nothing; with a place when it stands there */
  | {
      readonly kind: 'note';
      readonly thread: number;
      readonly tone: 'preempted' | 'woken' | 'folded' | 'bad';
      readonly text: string;
      readonly place?: Place | undefined;
    }
  /** across all threads */
  | { readonly kind: 'rule'; readonly text: string };

type Shown = Pick<Failure, 'kind' | 'steps' | 'standings' | 'repeatsFrom' | 'race'>;

export function rowsOf(failure: Shown, nameOf: NameOf, memory: MemoryModel): Row[] {
  const { kind, steps, standings, repeatsFrom, race } = failure;
  const rows: Row[] = [];
  let last = -1;
  for (const [index, step] of steps.entries()) {
    if (index === repeatsFrom) rows.push({ kind: 'rule', text: 'from here on it repeats' });
    // Whose turn it is in a livelock does not matter, as long as everybody has one.
    const isTurn = repeatsFrom !== undefined && index >= repeatsFrom;
    if (step.isPreemption && !isTurn)
      rows.push({ kind: 'note', thread: last, tone: 'preempted', text: '-- preempted --' });
    const ends = isLastOf(step, index, steps) && standings[step.thread]?.kind === 'ended' ? '; ends' : '';
    rows.push({
      kind: 'step',
      thread: step.thread,
      number: index + 1,
      text: stepWords(step, nameOf, memory) + ends,
      place: step.places[0],
    });
    for (const thread of step.woken)
      rows.push({ kind: 'note', thread, tone: 'woken', text: `woken by thread ${step.thread}` });
    if (step.kind !== 'drain') last = step.thread;
  }
  if (repeatsFrom !== undefined) rows.push({ kind: 'rule', text: `and so on, again from step ${repeatsFrom + 1}` });
  rows.push(...endRows(standings, kind === 'race' ? race?.threads : undefined, nameOf));
  return rows;
}

/** Folds what a thread does again and again, with nobody else in between: the first round is shown, and the last one. */
export function foldedRows(rows: readonly Row[]): Row[] {
  const keys = rows.map((row, index) =>
    row.kind === 'step' ? JSON.stringify([row.thread, row.text, row.place]) : `${index}`,
  );
  return foldRepeats(keys, fold).flatMap(({ start, size, times }) => {
    const first = rows.slice(start, start + size);
    const last = rows.slice(start + size * (times - 1), start + size * times);
    const [from, to] = [first.at(-1), last[0]];
    if (times === 1 || from?.kind !== 'step' || to?.kind !== 'step') return rows.slice(start, start + size * times);
    const text = `... ${times - 2} times the same, to step ${to.number - 1}`;
    return [...first, { kind: 'note', thread: from.thread, tone: 'folded', text }, ...last];
  });
}

const fold = { longest: 4, least: 5 };

/** How a thread stands that did not just stop between two steps. */
function endRows(standings: readonly Standing[], racing: readonly number[] | undefined, nameOf: NameOf): Row[] {
  return standings.flatMap((standing, thread): Row[] => {
    const note = (text: string, tone: 'bad' = 'bad'): Row[] => [
      { kind: 'note', thread, tone, text, place: 'places' in standing ? standing.places[0] : undefined },
    ];
    switch (standing.kind) {
      case 'threw':
        return note(`throws ${escapeLine(standing.name)}`);
      case 'hung':
        return note('loops without end');
      case 'next':
        return racing?.includes(thread) ? note(`next: ${intentWords(standing.operation, nameOf)}`) : [];
      default:
        return [];
    }
  });
}

/** A store may arrive when its thread has ended. */
function isLastOf({ thread, kind }: Step, index: number, steps: readonly Step[]): boolean {
  return kind !== 'drain' && !steps.slice(index + 1).some((step) => step.thread === thread && step.kind !== 'drain');
}
