// What running real threads and hoping gives: a scenario is run again and again for some seconds, its threads free, and it is
// counted how often it comes to grief. To be put beside what a search finds.
import type { FailureKind } from '../engine/verdict.ts';
import type { Unusable } from '../scenario.ts';
import { runRealProcess, type WithoutResult } from './real-process.ts';

export interface Tried {
  readonly kind: 'tried';
  readonly threads: number;
  /** each on memory of its own */
  readonly rounds: number;
  /** rounds that came to grief, by how they did; an invariant is looked at when all threads have ended */
  readonly hits: Readonly<Partial<Record<FailureKind, number>>>;
  /** each round had threads of its own, because the scenario's modules keep variables */
  readonly isFresh: boolean;
  /** wall time */
  readonly ms: number;
}

/** What the process of the threads says at its end. */
export type FromLuck =
  | Tried
  | Unusable
  /** a thread's worker ended */
  | { readonly kind: 'gone'; readonly how: string };

export interface LuckOptions {
  readonly seconds: number;
  readonly signal?: AbortSignal;
  /** several times a second */
  readonly onProgress?: (rounds: number, hits: number) => void;
}

export type Luck = FromLuck | WithoutResult;

const entry = new URL('./luck-main.ts', import.meta.url);
/** For starting, and for a round that does not end. */
const besidesMs = 30_000;

/**
 * @param file the scenario, absolute
 * @returns when all its threads are gone
 */
export async function byLuck(file: string, { seconds, signal, onProgress }: LuckOptions): Promise<Luck> {
  return runRealProcess<FromLuck>({
    entry,
    args: [String(seconds)],
    file,
    mostMs: seconds * 1_000 + besidesMs,
    signal,
    onBeat: ({ done, hits }) => onProgress?.(done, hits),
  });
}

/** In how many rounds something went wrong, whatever it was. */
export function hitsOf({ hits }: Tried): number {
  return Object.values(hits).reduce((sum, count) => sum + count, 0);
}
