// What stands in which queue at one moment of a trace: pure. It knows nothing of how that is drawn.
import type { Kind, Task, Trace, TraceEvent } from './trace.ts';

/** A timer and when it may run, since the program's start. */
export interface DueTask extends Task {
  readonly dueMs: number;
}

/** The queues of the runtime, each in the order in which it is emptied. No task is in two of them. */
export interface Queues {
  /** the callbacks that have begun and not ended; the last one runs */
  readonly stack: readonly TraceEvent[];
  readonly nextTick: readonly Task[];
  readonly microtasks: readonly Task[];
  /** by their due time */
  readonly timers: readonly DueTask[];
  /** what the system or another thread will report: input and output, connections, messages */
  readonly poll: readonly Task[];
  /** what setImmediate has put there */
  readonly check: readonly Task[];
  readonly close: readonly Task[];
  /** in no queue: what goes on when a promise is settled */
  readonly waiting: readonly Task[];
  /** in no queue: handlers of exit, of signals, of errors */
  readonly handlers: readonly Task[];
}

export type QueueName = Exclude<keyof Queues, 'stack'>;

const queueOfKind: Readonly<Record<Kind, QueueName>> = {
  script: 'poll',
  nextTick: 'nextTick',
  microtask: 'microtasks',
  timer: 'timers',
  io: 'poll',
  message: 'poll',
  immediate: 'check',
  close: 'close',
  process: 'handlers',
};

/** Where a task stands once it can run. */
export function queueOf({ kind }: Pick<Task, 'kind'>): QueueName {
  return queueOfKind[kind];
}

/**
 * What follows a moment that was asked for before is found at once; an earlier one takes a walk from the beginning.
 * @param index of the step that has just happened; -1 for the moment before the first one
 */
export function queuesAt(trace: Trace, index: number): Queues {
  const last = Math.min(index, trace.steps.length - 1);
  let walk = walks.get(trace);
  if (!walk || walk.at > last) {
    walk = { at: -1, uses: walk?.uses ?? lastUses(trace), stack: [], places: new Map(), dropped: new Set() };
    walks.set(trace, walk);
  }
  while (walk.at < last) goOn(walk, trace);
  return queuesOf(walk, trace);
}

/** Somewhere in a trace, on the way to its end. */
interface Walk {
  /** the step that has just happened */
  at: number;
  /** the step in which each task is heard of for the last time: it begins once more, or is dropped */
  readonly uses: ReadonlyMap<number, number>;
  /** the callbacks that have begun, and what each was scheduled as */
  readonly stack: { readonly event: TraceEvent; readonly task: number | null }[];
  readonly places: Map<number, { readonly queue: QueueName; readonly dueMs: number }>;
  readonly dropped: Set<number>;
}

const walks = new WeakMap<Trace, Walk>();

function lastUses({ steps }: Trace): Map<number, number> {
  const uses = new Map<number, number>();
  for (const [at, step] of steps.entries()) {
    if (step.kind === 'begin' && step.task !== null) uses.set(step.task, at);
    if (step.kind === 'drop') uses.set(step.task, at);
  }
  return uses;
}

function goOn(walk: Walk, { steps, events, tasks }: Trace): void {
  walk.at += 1;
  const { at, uses, stack, places, dropped } = walk;
  const step = steps[at];
  const put = (id: number, queue: QueueName, dueMs: number): void => {
    // Into the queue's end, wherever it stood.
    places.delete(id);
    places.set(id, { queue, dueMs });
  };
  switch (step?.kind) {
    case 'begin': {
      const event = events[step.event];
      if (event) stack.push({ event, task: step.task });
      if (step.task !== null) places.delete(step.task);
      break;
    }
    case 'end': {
      const ended = stack.pop();
      const task = tasks[ended?.task ?? -1];
      if (!ended || !task || places.has(task.id)) break;
      // What runs many times stands there again once it has run.
      const isAgain = task.everyMs === undefined ? (uses.get(task.id) ?? 0) > at : !dropped.has(task.id);
      if (isAgain) put(task.id, queueOf(task), ended.event.startMs + (task.everyMs ?? 0));
      break;
    }
    case 'schedule': {
      const task = tasks[step.task];
      if (!task) break;
      const isWaiting = task.kind === 'microtask' && !step.isReady;
      put(task.id, isWaiting ? 'waiting' : queueOf(task), task.dueMs ?? step.atMs);
      break;
    }
    case 'ready': {
      const task = tasks[step.task];
      if (task && places.get(task.id)?.queue === 'waiting') put(task.id, queueOf(task), step.atMs);
      break;
    }
    case 'drop':
      places.delete(step.task);
      dropped.add(step.task);
      break;
    case 'print':
    case undefined:
      break;
  }
}

function queuesOf({ stack, places }: Walk, { tasks }: Trace): Queues {
  const queues: Record<QueueName, DueTask[]> = {
    nextTick: [],
    microtasks: [],
    timers: [],
    poll: [],
    check: [],
    close: [],
    waiting: [],
    handlers: [],
  };
  for (const [id, { queue, dueMs }] of places) {
    const task = tasks[id];
    if (task) queues[queue].push({ ...task, dueMs });
  }
  queues.timers.sort((one, other) => one.dueMs - other.dueMs);
  return { ...queues, stack: stack.map(({ event }) => event) };
}
