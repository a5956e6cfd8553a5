// Endless runs that are fair. A thread that could go on and never gets a turn is starved by its scheduler, which is no fault of
// the program; but if all that can go on do go on, again and again, and nobody ever ends, the program is at fault.
import type { StateSpace, Successor } from './state-space.ts';

/** States that lead to each other for ever, and how. */
export interface Cycle {
  readonly states: ReadonlySet<number>;
  /** threads whose waits could run out of time in it */
  readonly timed: readonly number[];
}

/**
 * Tarjan's strongly connected components ("Depth-first search and linear graph algorithms", 1972), without recursion.
 * @returns the components in which a run can stay for ever though every thread that could go on does
 */
export function fairCycles(space: StateSpace, initial: number): Cycle[] {
  const index = new Map<number, number>();
  const low = new Map<number, number>();
  const onStack = new Set<number>();
  const stack: number[] = [];
  const cycles: Cycle[] = [];
  const frames: { state: number; next: number[]; at: number }[] = [];
  const open = (state: number): void => {
    index.set(state, index.size);
    low.set(state, index.size - 1);
    stack.push(state);
    onStack.add(state);
    frames.push({ state, next: successorsOf(space, state).map((successor) => successor.state), at: 0 });
  };
  open(initial);
  while (frames.length > 0) {
    const frame = frames[frames.length - 1] as (typeof frames)[number];
    const next = frame.next[frame.at];
    if (next !== undefined) {
      frame.at += 1;
      if (!index.has(next)) open(next);
      else if (onStack.has(next)) low.set(frame.state, Math.min(low.get(frame.state) ?? 0, index.get(next) ?? 0));
      continue;
    }
    frames.pop();
    const parent = frames[frames.length - 1];
    const lowest = low.get(frame.state) ?? 0;
    if (parent) low.set(parent.state, Math.min(low.get(parent.state) ?? 0, lowest));
    if (lowest !== index.get(frame.state)) continue;
    const component = new Set<number>();
    for (let state = -1; state !== frame.state;) {
      state = stack.pop() as number;
      onStack.delete(state);
      component.add(state);
    }
    const cycle = asFairCycle(space, component);
    if (cycle) cycles.push(cycle);
  }
  return cycles;
}

/**
 * Whoever could go on stays able to until it does: so a component keeps a fair run if each thread that could go on somewhere
 * in it does a step in it.
 */
function asFairCycle(space: StateSpace, component: ReadonlySet<number>): Cycle | undefined {
  const moving = new Set<number>();
  const able = new Set<number>();
  const timed = new Set<number>();
  // A thread's stores that are on their way (tso) go on by themselves, as if somebody else did it.
  const draining = (thread: number): number => space.threads + thread;
  for (const state of component) {
    for (let thread = 0; thread < space.threads; thread += 1) {
      if (space.isEnabled(state, thread)) able.add(thread);
      if (space.memories.pending(space.memory(state), thread) > 0) able.add(draining(thread));
    }
    // Where time passes, whoever waits for so long only goes on in the end as well.
    const late = space.doesTimePass(state) ? able : timed;
    for (const { thread, isTimed } of space.waiters.at(space.queue(state))) if (isTimed) late.add(thread);
    for (const { move, state: next } of successorsOf(space, state))
      if (component.has(next)) moving.add(move.kind === 'drain' ? draining(move.thread) : move.thread);
  }
  const isFair = moving.size > 0 && [...able].every((thread) => moving.has(thread));
  return isFair ? { states: component, timed: [...timed] } : undefined;
}

/** Everything is known by now: the space has been searched. */
function successorsOf(space: StateSpace, state: number): readonly Successor[] {
  const successors: Successor[] = [];
  space.successors(state, successors);
  return successors;
}
