// Endless runs that are fair. A thread that could go on and never gets a turn is starved by its scheduler, which is no fault of
// the program; but if all that can go on do go on, again and again, and nobody ever ends, the program is at fault.
import type { Move, StateSpace, Successor } from './state-space.ts';

/** States that lead to each other for ever. */
export interface Cycle {
  readonly states: ReadonlySet<number>;
  /** threads whose waits could run out of time in it */
  readonly timed: readonly number[];
}

const pauseEvery = 50_000;

/** Not come to yet. */
const unseen = -1;

/**
 * Tarjan's strongly connected components ("Depth-first search and linear graph algorithms", 1972), without recursion and in rows
 * of numbers: there may be millions of states.
 * @param pause is waited for now and then: on a busy machine this takes seconds, and others want a turn
 * @returns the components in which a run can stay for ever though every thread that could go on does
 */
export async function fairCycles(space: StateSpace, initial: number, pause: () => Promise<unknown>): Promise<Cycle[]> {
  const index = new Int32Array(space.size).fill(unseen);
  const low = new Int32Array(space.size);
  const isOnStack = new Uint8Array(space.size);
  const stack: number[] = [];
  const path: number[] = [];
  /** how many successors of a state have been looked at */
  const looked = new Uint8Array(space.size);
  const cycles: Cycle[] = [];
  const successors: Successor[] = [];
  let count = 0;
  const open = (state: number): void => {
    index[state] = count;
    low[state] = count;
    count += 1;
    stack.push(state);
    isOnStack[state] = 1;
    path.push(state);
  };
  open(initial);
  for (let steps = 1; path.length > 0; steps += 1) {
    if (steps % pauseEvery === 0) await pause();
    const state = path[path.length - 1] as number;
    // Everything is known by now: the space has been searched.
    space.successors(state, successors);
    const next = successors[looked[state] ?? 0]?.state;
    if (next !== undefined) {
      looked[state] = (looked[state] ?? 0) + 1;
      if (index[next] === unseen) open(next);
      else if (isOnStack[next]) low[state] = Math.min(low[state] ?? 0, index[next] ?? 0);
      continue;
    }
    path.pop();
    const lowest = low[state] ?? 0;
    const parent = path[path.length - 1];
    if (parent !== undefined) low[parent] = Math.min(low[parent] ?? 0, lowest);
    if (lowest !== index[state]) continue;
    const component = stack.splice(stack.lastIndexOf(state));
    for (const member of component) isOnStack[member] = 0;
    const cycle = asFairCycle(space, component);
    if (cycle) cycles.push(cycle);
  }
  return cycles;
}

/**
 * Whoever could go on stays able to until it does: so a component keeps a fair run if each thread that could go on somewhere
 * in it does a step in it.
 */
function asFairCycle(space: StateSpace, component: readonly number[]): Cycle | undefined {
  const successors: Successor[] = [];
  const [only] = component;
  if (component.length === 1 && only !== undefined) {
    space.successors(only, successors);
    if (successors.every(({ state }) => state !== only)) return undefined;
  }
  const states = new Set(component);
  const moving = new Set<number>();
  const able = new Set<number>();
  const timed = new Set<number>();
  // A thread's stores that are on their way (tso) go on by themselves, as if somebody else did it.
  const draining = (thread: number): number => space.threads + thread;
  for (const state of states) {
    for (let thread = 0; thread < space.threads; thread += 1) {
      if (space.isEnabled(state, thread)) able.add(thread);
      if (space.memories.pending(space.memory(state), thread) > 0) able.add(draining(thread));
    }
    // Where time passes, whoever waits for so long only goes on in the end as well.
    const late = space.doesTimePass(state) ? able : timed;
    for (const { thread, isTimed } of space.waiters.at(space.queue(state))) if (isTimed) late.add(thread);
    space.successors(state, successors);
    for (const { move, state: next } of successors)
      if (states.has(next)) moving.add(move.kind === 'drain' ? draining(move.thread) : move.thread);
  }
  const isFair = moving.size > 0 && [...able].every((thread) => moving.has(thread));
  return isFair ? { states, timed: [...timed] } : undefined;
}

/** A way round in a cycle that comes back to `from` and in which everybody who can go on has done a step. */
export function turnIn(space: StateSpace, { states }: Cycle, from: number): Move[] {
  const able = new Set<number>();
  for (const state of states)
    for (let thread = 0; thread < space.threads; thread += 1) if (space.isEnabled(state, thread)) able.add(thread);
  const moves: Move[] = [];
  let at = from;
  while (able.size > 0) {
    const way = wayIn(space, states, at, ({ move }) => able.has(move.thread));
    if (!way) break;
    for (const { move } of way) able.delete(move.thread);
    moves.push(...way.map(({ move }) => move));
    at = way.at(-1)?.state ?? at;
  }
  const back = at === from ? [] : (wayIn(space, states, at, ({ state }) => state === from) ?? []);
  return [...moves, ...back.map(({ move }) => move)];
}

/** The shortest way within some states whose last step is wanted. */
function wayIn(
  space: StateSpace,
  states: ReadonlySet<number>,
  from: number,
  isWanted: (step: Successor) => boolean,
): Successor[] | undefined {
  const came = new Map<number, { readonly from: number; readonly by: Successor } | undefined>([[from, undefined]]);
  const queue = [from];
  const successors: Successor[] = [];
  for (const state of queue) {
    space.successors(state, successors);
    for (const by of successors) {
      if (!states.has(by.state)) continue;
      if (isWanted(by)) {
        const way = [by];
        for (let at = came.get(state); at; at = came.get(at.from)) way.push(at.by);
        return way.toReversed();
      }
      if (came.has(by.state)) continue;
      came.set(by.state, { from: state, by });
      queue.push(by.state);
    }
  }
  return undefined;
}
