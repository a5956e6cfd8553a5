// The two searches. The first looks for the failure with the fewest preemptions and, of these, the fewest steps; the
// second visits every state there is. Both learn the threads' code as they go.
import type { Move, StateSpace, Successor } from './state-space.ts';

/** How a state was come to: the moves from the beginning. */
export interface Found<T> {
  readonly what: T;
  readonly state: number;
  readonly moves: readonly Move[];
  readonly preemptions: number;
}

export interface Limits {
  readonly mostStates: number;
  /** Says from time to time that the search may go on; ends it by returning false. */
  readonly mayGoOn: () => Promise<boolean>;
}

/** Why a search ended before it was through. */
export type Bound =
  | 'preemptions'
  | 'states'
  | 'time'
  /** a thread that did more than it may in one run */
  | 'operations'
  /** one schedule was followed, and no other */
  | 'schedule';

const pauseEvery = 2048;

/**
 * Dijkstra's search over (preemptions, steps), in that order. Where a thread goes on that is not the one that did the last
 * step, though that one could go on, it was preempted.
 * @param look what is looked for in a state; undefined goes on
 * @returns the first of what was found, and the bound that was met
 */
export async function searchBest<T>(
  space: StateSpace,
  initial: number,
  mostPreemptions: number,
  limits: Limits,
  look: (state: number, path: () => Found<undefined>) => Promise<T | undefined>,
): Promise<{ found?: Found<T>; bound?: Bound }> {
  // An entry is a way to a state whose last step was done by `last`; parents are entries.
  const entries = { state: [initial], last: [-1], parent: [-1], move: [undefined as Move | undefined] };
  const done = new Set<number>();
  const levels: number[][][] = [[[0]]];
  const successors: Successor[] = [];
  let bound: Bound | undefined;
  let popped = 0;
  for (let preemptions = 0; preemptions < levels.length; preemptions += 1) {
    const level = levels[preemptions] ?? [];
    for (let steps = 0; steps < level.length; steps += 1) {
      for (const entry of level[steps] ?? []) {
        const state = entries.state[entry] ?? 0;
        const last = entries.last[entry] ?? -1;
        const key = state * (space.threads + 1) + last + 1;
        if (done.has(key)) continue;
        done.add(key);
        popped += 1;
        if (popped % pauseEvery === 0 && !(await limits.mayGoOn())) return { bound: 'time' };
        if (popped > limits.mostStates) return { bound: 'states' };
        const path = (): Found<undefined> => ({ what: undefined, state, moves: movesTo(entry), preemptions });
        const what = await look(state, path);
        if (what !== undefined) return { found: { ...path(), what } };
        await expand(space, state, successors);
        const canGoOn = last >= 0 && space.isEnabled(state, last);
        for (const { move, state: next } of successors) {
          const isPreempted = canGoOn && move.kind !== 'drain' && move.thread !== last;
          const cost = preemptions + (isPreempted ? 1 : 0);
          if (cost > mostPreemptions) {
            bound = 'preemptions';
            continue;
          }
          const runner = move.kind === 'drain' ? last : move.thread;
          if (done.has(next * (space.threads + 1) + runner + 1)) continue;
          entries.state.push(next);
          entries.last.push(runner);
          entries.parent.push(entry);
          entries.move.push(move);
          const queue = ((levels[cost] ??= [])[steps + 1] ??= []);
          queue.push(entries.state.length - 1);
        }
      }
      level[steps] = [];
    }
  }
  return bound ? { bound } : {};

  function movesTo(entry: number): Move[] {
    const moves: Move[] = [];
    for (let at = entry; at > 0; at = entries.parent[at] ?? 0) moves.push(entries.move[at] as Move);
    return moves.toReversed();
  }
}

/**
 * Visits every state that can be reached.
 * @param from states to begin with
 * @param look looks at each state once; true ends the search
 * @returns the bound that ended it, or nothing; whether `look` ended it
 */
export async function searchAll(
  space: StateSpace,
  from: readonly number[],
  seen: Visited,
  limits: Limits,
  look: (state: number) => Promise<boolean>,
): Promise<{ bound?: Bound; isEnded: boolean }> {
  const open = [...from];
  const successors: Successor[] = [];
  for (const state of from) seen.add(state);
  let visited = 0;
  while (open.length > 0) {
    const state = open.pop() as number;
    visited += 1;
    if (visited % pauseEvery === 0 && !(await limits.mayGoOn())) return { bound: 'time', isEnded: false };
    if (seen.size > limits.mostStates) return { bound: 'states', isEnded: false };
    if (await look(state)) return { isEnded: true };
    await expand(space, state, successors);
    for (const { state: next } of successors) {
      if (seen.has(next)) continue;
      seen.add(next);
      open.push(next);
    }
  }
  return { isEnded: false };
}

/** A set of states. */
export class Visited {
  #bits = new Uint8Array(4096);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  has(state: number): boolean {
    return ((this.#bits[state >>> 3] ?? 0) & (1 << (state & 7))) !== 0;
  }

  add(state: number): void {
    if (this.has(state)) return;
    if (state >>> 3 >= this.#bits.length) {
      const bits = new Uint8Array(2 * Math.max(this.#bits.length, (state >>> 3) + 1));
      bits.set(this.#bits);
      this.#bits = bits;
    }
    this.#bits[state >>> 3] = (this.#bits[state >>> 3] ?? 0) | (1 << (state & 7));
    this.#size += 1;
  }
}

/** The successors of a state, once all that has to be known of the code is known. */
export async function expand(space: StateSpace, state: number, into: Successor[]): Promise<void> {
  for (;;) {
    const need = space.successors(state, into);
    if (!need) return;
    await space.program.learn(need.node, need.result, need.memory);
  }
}
