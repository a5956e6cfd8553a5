// The two searches. The first looks for the failure with the fewest preemptions and, of these, the fewest steps; the
// second visits every state there is. Both learn the threads' code as they go.
import { performance } from 'node:perf_hooks';
import type { Move, StateSpace, Successor } from './state-space.ts';
import { Visited } from './visited.ts';
import { Ways } from './ways.ts';

/** How a state was come to: the moves from the beginning. */
export interface Found<T> {
  readonly what: T;
  readonly state: number;
  readonly moves: readonly Move[];
  readonly preemptions: number;
}

export interface Limits {
  readonly mostStates: number;
  /** Asked from time to time: the bound that ends the search, or undefined, and it goes on. */
  readonly met: () => Promise<Bound | undefined>;
}

/** Why a search ended before it was through. */
export type Bound =
  | 'preemptions'
  | 'states'
  | 'time'
  | 'memory'
  /** a thread that did more than it may in one run */
  | 'operations'
  /** one schedule was followed, and no other */
  | 'schedule';

const pauseEvery = 2048;
/** Learning takes longer than looking; milliseconds. */
const pauseAfterLearning = 200;

/** When it is time to ask whether the search may go on. */
class Pauses {
  readonly #limits: Limits;
  #looked = 0;
  #askedMs = performance.now();
  #hasLearnt = false;

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  /** @returns whether to ask now */
  isDue(): boolean {
    this.#looked += 1;
    if (this.#looked % pauseEvery === 0) return true;
    return this.#hasLearnt && performance.now() - this.#askedMs > pauseAfterLearning;
  }

  ask(): Promise<Bound | undefined> {
    this.#hasLearnt = false;
    this.#askedMs = performance.now();
    return this.#limits.met();
  }

  /** Learns all that has to be known of the code for the successors of a state. */
  async learn(space: StateSpace, state: number, into: Successor[]): Promise<void> {
    this.#hasLearnt = true;
    await expand(space, state, into);
  }
}

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
  look: (state: number, path: () => Found<undefined>) => T | undefined,
): Promise<{ found?: Found<T>; bound?: Bound }> {
  const pauses = new Pauses(limits);
  const ways = new Ways();
  const levels: number[][][] = [[[ways.add(initial, -1, -1, undefined)]]];
  /** Pairs of a state and of who did the last step: that decides what the next one costs. */
  const done = new Visited();
  const pair = (state: number, last: number): number => state * (space.threads + 1) + last + 1;
  const successors: Successor[] = [];
  let bound: Bound | undefined;
  for (let preemptions = 0; preemptions < levels.length; preemptions += 1) {
    const level = levels[preemptions] ?? [];
    for (let steps = 0; steps < level.length; steps += 1) {
      for (const way of level[steps] ?? []) {
        const state = ways.state(way);
        const last = ways.last(way);
        if (done.has(pair(state, last))) continue;
        done.add(pair(state, last));
        const met = pauses.isDue() ? await pauses.ask() : undefined;
        if (met) return { bound: met };
        if (done.size > limits.mostStates) return { bound: 'states' };
        const path = (): Found<undefined> => ({ what: undefined, state, moves: ways.moves(way), preemptions });
        const what = look(state, path);
        if (what !== undefined) return { found: { ...path(), what } };
        if (space.successors(state, successors)) await pauses.learn(space, state, successors);
        const canGoOn = last >= 0 && space.isEnabled(state, last);
        for (const { move, state: next } of successors) {
          const isPreempted = canGoOn && move.kind !== 'drain' && move.thread !== last;
          const cost = preemptions + (isPreempted ? 1 : 0);
          if (cost > mostPreemptions) {
            bound = 'preemptions';
            continue;
          }
          const runner = move.kind === 'drain' ? last : move.thread;
          if (done.has(pair(next, runner))) continue;
          ((levels[cost] ??= [])[steps + 1] ??= []).push(ways.add(next, runner, way, move));
        }
      }
      level[steps] = [];
    }
  }
  return bound ? { bound } : {};
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
  look: (state: number) => boolean,
): Promise<{ bound?: Bound; isEnded: boolean }> {
  const open = [...from];
  const successors: Successor[] = [];
  for (const state of from) seen.add(state);
  const pauses = new Pauses(limits);
  while (open.length > 0) {
    const state = open.pop() as number;
    const bound = pauses.isDue() ? await pauses.ask() : undefined;
    if (bound) return { bound, isEnded: false };
    if (seen.size > limits.mostStates) return { bound: 'states', isEnded: false };
    if (look(state)) return { isEnded: true };
    if (space.successors(state, successors)) await pauses.learn(space, state, successors);
    for (const { state: next } of successors) {
      if (seen.has(next)) continue;
      seen.add(next);
      open.push(next);
    }
  }
  return { isEnded: false };
}

/** The successors of a state, once all that has to be known of the code is known. */
export async function expand(space: StateSpace, state: number, into: Successor[]): Promise<void> {
  for (;;) {
    const need = space.successors(state, into);
    if (!need) return;
    await space.program.learn(need.node, need.result, need.memory);
  }
}
