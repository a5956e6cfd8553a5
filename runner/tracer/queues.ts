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
 * @param index of the step that has just happened; -1 for the moment before the first one
 */
export function queuesAt(trace: Trace, index: number): Queues {
  const last = lastUses(trace);
  const stack: TraceEvent[] = [];
  /** of the callbacks in the stack, what they were scheduled as */
  const running: (number | null)[] = [];
  const places = new Map<number, { queue: QueueName; dueMs: number }>();
  const dropped = new Set<number>();

  function put(id: number, queue: QueueName, dueMs: number): void {
    // Into the queue's end, wherever it stood.
    places.delete(id);
    places.set(id, { queue, dueMs });
  }

  for (let at = 0; at <= index; at++) {
    const step = trace.steps[at];
    if (!step) break;
    switch (step.kind) {
      case 'begin': {
        const event = trace.events[step.event];
        if (!event) break;
        stack.push(event);
        running.push(step.task);
        if (step.task !== null) places.delete(step.task);
        break;
      }
      case 'end': {
        const event = stack.pop();
        const id = running.pop() ?? null;
        const task = id === null ? undefined : trace.tasks[id];
        // What runs many times stands there again once it has run.
        const isAgain = task?.everyMs === undefined ? (last.get(id ?? -1) ?? 0) > at : !dropped.has(task.id);
        if (event && task && isAgain && !places.has(task.id))
          put(task.id, queueOf(task), event.startMs + (task.everyMs ?? 0));
        break;
      }
      case 'schedule': {
        const task = trace.tasks[step.task];
        if (!task) break;
        const isWaiting = task.kind === 'microtask' && !step.isReady;
        put(task.id, isWaiting ? 'waiting' : queueOf(task), task.dueMs ?? step.atMs);
        break;
      }
      case 'ready': {
        const task = trace.tasks[step.task];
        if (task && places.get(task.id)?.queue === 'waiting') put(task.id, queueOf(task), step.atMs);
        break;
      }
      case 'drop':
        places.delete(step.task);
        dropped.add(step.task);
        break;
      case 'print':
        break;
    }
  }

  const inQueue = (name: QueueName): DueTask[] =>
    [...places].flatMap(([id, { queue, dueMs }]) => {
      const task = trace.tasks[id];
      return task && queue === name ? [{ ...task, dueMs }] : [];
    });
  const tasksIn = (name: QueueName): Task[] => inQueue(name).flatMap(({ id }) => trace.tasks[id] ?? []);
  return {
    stack,
    nextTick: tasksIn('nextTick'),
    microtasks: tasksIn('microtasks'),
    timers: inQueue('timers').toSorted((one, other) => one.dueMs - other.dueMs),
    poll: tasksIn('poll'),
    check: tasksIn('check'),
    close: tasksIn('close'),
    waiting: tasksIn('waiting'),
    handlers: tasksIn('handlers'),
  };
}

const knownUses = new WeakMap<Trace, ReadonlyMap<number, number>>();

/** The step in which each task is heard of for the last time: it begins once more, or is dropped. */
function lastUses(trace: Trace): ReadonlyMap<number, number> {
  const known = knownUses.get(trace);
  if (known) return known;
  const uses = new Map<number, number>();
  for (const [at, step] of trace.steps.entries()) {
    if (step.kind === 'begin' && step.task !== null) uses.set(step.task, at);
    if (step.kind === 'drop') uses.set(step.task, at);
  }
  knownUses.set(trace, uses);
  return uses;
}
