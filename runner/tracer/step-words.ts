// One sentence or two that say what happens in a step of a trace, and why it happens now. Pure.
import type { Span } from '../terminal/spans.ts';
import type { Style } from '../terminal/style.ts';
import { truncate } from '../terminal/wrap.ts';
import { queueOf, queuesAt, type QueueName } from './queues.ts';
import { duration, endingText, moment, nameText } from './trace-words.ts';
import type { Kind, Step, Task, TracedRun, TraceEvent } from './trace.ts';
import { defaultBlockMs, heldMs } from './turns.ts';

/** How people call the queues. */
export const queueTitles: Readonly<Record<QueueName, string>> = {
  nextTick: 'nextTick',
  microtasks: 'microtasks',
  timers: 'timers',
  poll: 'poll',
  check: 'check',
  close: 'close',
  waiting: 'waiting',
  handlers: 'handlers',
};

/** A shorter wait is only the way from one callback to the next. */
const leastWaitMs = 1;
/** So that there is room for the rest of the sentence. */
const longestName = 48;

export interface SentenceView {
  readonly style: Style;
  /** where the learner's shell is, absolute */
  readonly cwd: string;
}

/** @param index of the step; behind the last one it is how the program ended */
export function stepSentence({ trace, ending }: TracedRun, index: number, { style, cwd }: SentenceView): Span[] {
  const step = trace.steps[index];
  const spanOf = (name: string): Span => {
    const text = truncate(name, longestName);
    return style.hasColour ? { text, paint: style.accent } : { text: `\`${text}\`` };
  };
  const ofTask = (id: number): Span => {
    const task = trace.tasks[id];
    return spanOf(nameText(task?.label ?? '?', task?.scheduled, { file: trace.file, cwd }));
  };
  const ofEvent = (event: TraceEvent | undefined): Span => {
    const [file, line] = [event?.scheduledFile ?? null, event?.scheduledLine ?? null];
    const place = file === null || line === null ? null : { file, line };
    return spanOf(nameText(event?.label ?? '?', place, { file: trace.file, cwd }));
  };
  if (!step) {
    const running = queuesAt(trace, index).stack.at(-1);
    // Whoever ends a program that hangs asks where it hung.
    const left =
      running && ending.kind !== 'exit' ? [{ text: ' ' }, ofEvent(running), { text: ' had not returned.' }] : [];
    return [{ text: endingText(ending) }, ...left];
  }
  switch (step.kind) {
    case 'begin': {
      const event = trace.events[step.event];
      const kind = event?.kind ?? 'script';
      const before = trace.events[step.event - 1]?.kind;
      const { nextTick } = queuesAt(trace, index);
      return [
        { text: `${whyNow(kind, before, nextTick.length > 0)} ` },
        ofEvent(event),
        { text: ` ${beginning(kind, event?.label)}` },
      ];
    }
    case 'end':
      return [
        ofEvent(trace.events[step.event]),
        { text: ` ${returned(trace.events[step.event])}. ${whatIsNext(trace.steps, index, trace)}` },
      ];
    case 'schedule': {
      const task = trace.tasks[step.task];
      return [ofTask(step.task), { text: ` ${task ? whereTo(task, step.isReady) : ''}` }];
    }
    case 'ready':
      return [
        { text: 'A promise is settled: ' },
        ofTask(step.task),
        { text: ' has waited for it and joins the end of the microtasks.' },
      ];
    case 'drop':
      return [ofTask(step.task), { text: ' will not run any more: it was cleared, or closed.' }];
    case 'print':
      return [{ text: 'It prints, and goes on.' }];
  }
}

function returned(event: TraceEvent | undefined): string {
  const ms = event ? heldMs(event) : 0;
  return ms > defaultBlockMs ? `has returned after ${duration(ms)}, in which nothing else could run` : 'has returned';
}

/** @param before the kind of the callback that ran last */
function whyNow(kind: Kind, before: Kind | undefined, isTickWaiting: boolean): string {
  switch (kind) {
    case 'script':
      return 'The main program is called first:';
    case 'nextTick':
      return before === 'microtask'
        ? 'The microtasks are empty, so the nextTick queue has its turn again:'
        : 'The stack is empty: the nextTick queue is emptied first.';
    case 'microtask':
      if (!isTickWaiting) return 'The stack is empty, and no nextTick is waiting: the microtasks are next.';
      return before === 'script'
        ? 'A module runs as a microtask itself, and nextTick waits until the microtasks are empty:'
        : 'Once begun, the microtasks are emptied before nextTick has its turn:';
    case 'timer':
      return 'The loop is at its timers. One is due:';
    case 'immediate':
      return 'The loop is at check, behind poll:';
    case 'io':
      return 'The loop is at poll, and the system has something to report:';
    case 'close':
      return 'The loop is at its last phase, close:';
    case 'message':
      return 'The loop is at poll, and a message has come:';
    case 'process':
      return 'The process calls a handler:';
  }
}

function beginning(kind: Kind, label = ''): string {
  if (kind === 'script') return 'runs to its end before anything else can.';
  // An async function began long ago.
  return label.startsWith('await') ? 'goes on.' : 'begins.';
}

function whereTo(task: Task, isReady: boolean): string {
  switch (task.kind) {
    case 'nextTick':
      return 'joins the end of the nextTick queue.';
    case 'microtask':
      return isReady
        ? 'joins the end of the microtasks.'
        : 'waits for a promise that is not settled: it is in no queue yet.';
    case 'timer': {
      const again = task.everyMs === undefined ? '' : `, and every ${duration(task.everyMs)} from then on`;
      return `goes to the timers, due at ${task.dueMs === undefined ? '?' : moment(task.dueMs)} ms${again}.`;
    }
    case 'immediate':
      return 'goes to check, where the loop comes by behind poll.';
    case 'io':
      return 'is left to the system; the loop hears of it at poll.';
    case 'message':
      return 'waits for a message; the loop hears of it at poll.';
    case 'close':
      return 'goes to close, the last phase of a turn of the loop.';
    case 'process':
    case 'script':
      return 'is called when the process says so.';
  }
}

/** Where the loop looks for the next callback; what it really did next, for the order is a matter of what is waiting. */
function whatIsNext(steps: readonly Step[], index: number, trace: TracedRun['trace']): string {
  const { stack, check } = queuesAt(trace, index);
  const below = stack.at(-1);
  if (below) return 'What called it goes on.';
  const next = steps.slice(index + 1).find((step) => step.kind === 'begin');
  const event = next?.kind === 'begin' ? trace.events[next.event] : undefined;
  if (!next || !event) return 'The stack is empty, and nothing else will run.';
  if (event.kind === 'nextTick' || event.kind === 'microtask')
    return `The stack is empty: ${event.kind === 'nextTick' ? 'the nextTick queue is' : 'the microtasks are'} next.`;
  const waited = next.atMs - (steps[index]?.atMs ?? next.atMs);
  const wait = waited >= leastWaitMs && check.length === 0 ? `waits for ${duration(waited)}` : 'goes on';
  const phase = queueTitles[queueOf({ kind: event.kind })];
  const where = event.kind === 'process' || event.kind === 'script' ? '' : `; what comes next is found at ${phase}`;
  return `Stack, nextTick and microtasks are empty: the loop ${wait}${where}.`;
}
