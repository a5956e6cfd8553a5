// The callbacks of a trace in turns: one that the loop runs, and those that are run behind it before the loop goes on. Pure.
import type { Kind, Trace, TraceEvent } from './trace.ts';

export interface Turn {
  /** the one that the loop ran, then the nextTicks and microtasks behind it, and handlers that ran inside of one */
  readonly events: readonly TraceEvent[];
  readonly startMs: number;
  /** so long nothing else could run */
  readonly endMs: number;
  /** how long the loop had nothing to run before it */
  readonly waitedMs: number;
}

/** A callback that holds the loop for longer is felt: by somebody who types, by every request that waits. */
export const defaultBlockMs = 50;

const isRunBehind: ReadonlySet<Kind> = new Set(['nextTick', 'microtask']);

export function turnsOf({ events }: Trace): Turn[] {
  const turns: { events: TraceEvent[]; startMs: number; endMs: number; waitedMs: number }[] = [];
  for (const event of events) {
    const turn = turns.at(-1);
    const isInside = turn && event.startMs < turn.endMs;
    if (turn && (isInside || isRunBehind.has(event.kind))) {
      turn.events.push(event);
      turn.endMs = Math.max(turn.endMs, event.endMs);
    } else {
      const waitedMs = event.startMs - (turn?.endMs ?? event.startMs);
      turns.push({ events: [event], startMs: event.startMs, endMs: event.endMs, waitedMs });
    }
  }
  return turns;
}

/** How long a callback, or a whole turn, held the loop. */
export function heldMs({ startMs, endMs }: Pick<Turn, 'startMs' | 'endMs'>): number {
  return endMs - startMs;
}
