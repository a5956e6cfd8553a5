// The callbacks of a trace in turns: one that the loop runs, and those that are run behind it before the loop goes on. Pure.
import type { Kind, Trace, TraceEvent } from './trace.ts';

export interface Turn {
  /** the one that the loop ran, then the nextTicks and microtasks behind it, and handlers that ran inside of one */
  readonly events: readonly TraceEvent[];
  readonly startMs: number;
  /** so long nothing else could run */
  readonly endMs: number;
  /** how long nothing of the program ran before it */
  readonly pausedMs: number;
  /** meanwhile the loop had nothing to run: no immediate, no timer that was due */
  readonly isWait: boolean;
}

/** A callback that holds the loop for longer is felt: by somebody who types, by every request that waits. */
export const defaultBlockMs = 50;

const isRunBehind: ReadonlySet<Kind> = new Set(['nextTick', 'microtask']);

export function turnsOf(trace: Trace): Turn[] {
  const { events } = trace;
  const busy = busyBefore(trace);
  const turns: (Omit<Turn, 'events' | 'endMs'> & { readonly events: TraceEvent[]; endMs: number })[] = [];
  for (const event of events) {
    const turn = turns.at(-1);
    const isInside = turn && event.startMs < turn.endMs;
    if (turn && (isInside || isRunBehind.has(event.kind))) {
      turn.events.push(event);
      turn.endMs = Math.max(turn.endMs, event.endMs);
    } else {
      const pausedMs = event.startMs - (turn?.endMs ?? event.startMs);
      turns.push({
        events: [event],
        startMs: event.startMs,
        endMs: event.endMs,
        pausedMs,
        isWait: !busy.has(event.id),
      });
    }
  }
  return turns;
}

/** The callbacks before which the loop had something else, or this, to run already: it was not waiting then. */
function busyBefore({ steps, tasks }: Trace): Set<number> {
  const busy = new Set<number>();
  const immediates = new Set<number>();
  let endMs = 0;
  for (const step of steps) {
    if (step.kind === 'schedule' && tasks[step.task]?.kind === 'immediate') immediates.add(step.task);
    else if (step.kind === 'drop') immediates.delete(step.task);
    else if (step.kind === 'end') endMs = step.atMs;
    else if (step.kind === 'begin') {
      const dueMs = step.task === null ? undefined : tasks[step.task]?.dueMs;
      if (immediates.size > 0 || (dueMs !== undefined && dueMs <= endMs)) busy.add(step.event);
      if (step.task !== null) immediates.delete(step.task);
    }
  }
  return busy;
}

/** How long a callback, or a whole turn, held the loop. */
export function heldMs({ startMs, endMs }: Pick<Turn, 'startMs' | 'endMs'>): number {
  return endMs - startMs;
}
