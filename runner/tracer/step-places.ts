// Where in its source a program is at a step of its trace. Pure.
import type { Place, Step, Task, Trace, TraceEvent } from './trace.ts';

export interface StepPlaces {
  /** the line that this step is about; undefined where none is known */
  readonly current: Place | undefined;
  /** the line that handed over what now begins, or is ready, or is dropped */
  readonly scheduled: Place | undefined;
}

export function placesAt(trace: Trace, step: Step): StepPlaces {
  switch (step.kind) {
    case 'begin': {
      const event = trace.events[step.event];
      const [own, scheduled] = [ownPlace(event), scheduledPlace(event)];
      return { current: own ?? scheduled, scheduled };
    }
    case 'end':
      return { current: ownPlace(trace.events[step.event]), scheduled: undefined };
    case 'schedule':
      return { current: placeOf(trace.tasks[step.task]), scheduled: undefined };
    case 'ready':
    case 'drop':
      return { current: undefined, scheduled: placeOf(trace.tasks[step.task]) };
    case 'print':
      return { current: step.place ?? undefined, scheduled: undefined };
  }
}

/** The latest line that was known: what is shown where a step has none. */
export function lastPlace(trace: Trace, index: number): Place | undefined {
  for (let at = Math.min(index, trace.steps.length - 1); at >= 0; at--) {
    const step = trace.steps[at];
    const { current, scheduled } = step ? placesAt(trace, step) : {};
    const place = current ?? scheduled;
    if (place) return place;
  }
  return undefined;
}

function placeOf(task: Task | undefined): Place | undefined {
  return task?.scheduled ?? undefined;
}

function ownPlace(event: TraceEvent | undefined): Place | undefined {
  return event && event.file !== null && event.line !== null ? { file: event.file, line: event.line } : undefined;
}

function scheduledPlace(event: TraceEvent | undefined): Place | undefined {
  return event && event.scheduledFile !== null && event.scheduledLine !== null
    ? { file: event.scheduledFile, line: event.scheduledLine }
    : undefined;
}
