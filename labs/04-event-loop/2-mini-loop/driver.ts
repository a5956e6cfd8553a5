// The author's half of each test, beside the learner's code: runs programs on the learner's loop and writes down what it
// calls, and when. It knows nothing of the right order.
import { inspect } from 'node:util';
import { MiniLoop } from './lab.ts';
import { callbacksOf, type Callback, type Step } from './programs.ts';

/** One call of the loop: of a callback by its name, or of onError with what the callback of that name threw. */
export interface Call {
  readonly kind: 'callback' | 'error';
  readonly name: string;
  /** what the loop's `now` was; as text what is no number to reckon with */
  readonly now: number | string;
  /** the callback that had not returned yet when this one was called */
  readonly during?: string | undefined;
}

export type Ending =
  | { readonly kind: 'returned' }
  /** run returned a promise: what is in the report is what was called by then */
  | { readonly kind: 'promised' }
  | { readonly kind: 'threw'; readonly error: Thrown }
  /**
   * onError was given something that no callback had thrown
   * @param untold the callback that threw last, if onError has not heard of that
   */
  | { readonly kind: 'own error'; readonly error: Thrown; readonly untold?: string | undefined }
  /** it called far more than there is in the program */
  | { readonly kind: 'too much' }
  | { readonly kind: 'missing'; readonly methods: readonly string[] };

/** What was thrown, in words, and where, if it was an Error. */
export interface Thrown {
  readonly text: string;
  readonly stack?: string | undefined;
}

export interface Report {
  readonly calls: readonly Call[];
  readonly ending: Ending;
  /** the loop's `now` at the end */
  readonly now: Call['now'];
}

const methods = [
  'nextTick',
  'queueMicrotask',
  'setTimeout',
  'clearTimeout',
  'setImmediate',
  'read',
  'block',
  'run',
] as const;

/**
 * Runs each program on a loop of its own.
 * @param programs a list of Callback as JSON: many small objects cross the wire faster as one text
 * @returns a list of Report, as JSON
 */
export function runAll(programs: string): string {
  return JSON.stringify((JSON.parse(programs) as Callback[]).map(runOne));
}

function runOne(program: Callback): Report {
  const calls: Call[] = [];
  const most = 3 * callbacksOf(program).length + 10;
  const thrown = new Map<unknown, string>();
  const handles = new Map<string, unknown>();
  let ending: Ending = { kind: 'returned' };
  let isOver = false;
  let untold: string | undefined;
  const running: string[] = [];
  const stop = new Error('this run is over');

  /** What was called and may no longer: throwing leads out of most loops. */
  const end = (how: Ending): never => {
    if (!isOver) ending = how;
    isOver = true;
    throw stop;
  };
  const note = (kind: Call['kind'], name: string): void => {
    if (isOver) throw stop;
    if (calls.length > most) end({ kind: 'too much' });
    calls.push({ kind, name, now: nowOf(loop), during: kind === 'callback' ? running.at(-1) : undefined });
  };
  const loop = new MiniLoop((error: unknown) => {
    const name = thrown.get(error);
    if (name === undefined) return end({ kind: 'own error', error: thrownOf(error), untold });
    untold = undefined;
    note('error', name);
  });
  const missing = methods.filter((name) => typeof loop[name] !== 'function');
  if (missing.length > 0) return { calls, ending: { kind: 'missing', methods: missing }, now: nowOf(loop) };

  const fn =
    ({ name, steps }: Callback) =>
    (): void => {
      // A loop that leaves its work to Node calls when the report is already written.
      if (hasReturned) return;
      note('callback', name);
      running.push(name);
      try {
        for (const step of steps) perform(step, name);
      } finally {
        running.pop();
      }
    };
  const perform = (step: Step, name: string): void => {
    switch (step.does) {
      case 'setTimeout':
        handles.set(step.callback.name, loop.setTimeout(fn(step.callback), step.ms));
        break;
      case 'read':
        loop.read(step.ms, fn(step.callback));
        break;
      case 'clearTimeout':
        if (handles.has(step.of)) loop.clearTimeout(handles.get(step.of));
        break;
      case 'block':
        loop.block(step.ms);
        break;
      case 'throw': {
        const error = new Error(`thrown by ${name}`);
        thrown.set(error, name);
        untold = name;
        throw error;
      }
      default:
        loop[step.does](fn(step.callback));
    }
  };

  let hasReturned = false;
  try {
    const returned: unknown = loop.run(fn(program));
    if (returned instanceof Promise) {
      returned.catch(() => {});
      if (!isOver) ending = { kind: 'promised' };
    }
  } catch (error) {
    if (!isOver) ending = { kind: 'threw', error: thrownOf(error) };
  }
  hasReturned = true;
  return { calls, ending, now: nowOf(loop) };
}

/** Where a loop keeps what is set. */
export type Queue = 'nextTick' | 'queueMicrotask' | 'setTimeout' | 'read' | 'setImmediate';

/**
 * Sets one function so many times in main; while it waits there, another loop runs, on which nothing is set.
 * @param clears which of its timers are cleared, counted from 0
 * @returns how often it was called in all, and how often by then
 */
export function setAgain(queue: Queue, times: number, clears: readonly number[]): { calls: number; early: number } {
  let calls = 0;
  let early = 0;
  const fn = (): void => void (calls += 1);
  const loop = new MiniLoop(() => {});
  loop.run(() => {
    const handles = Array.from({ length: times }, (_, index) => {
      const ms = 1 + (index % 2);
      if (queue === 'setTimeout') return loop.setTimeout(fn, ms);
      return queue === 'read' ? loop.read(ms, fn) : loop[queue](fn);
    });
    for (const index of clears) loop.clearTimeout(handles[index]);
    new MiniLoop(() => {}).run(() => {});
    early = calls;
  });
  return { calls, early };
}

function nowOf({ now }: { readonly now: unknown }): Call['now'] {
  return typeof now === 'number' && Number.isFinite(now) ? now : inspect(now, { depth: 0 }).slice(0, 60);
}

function thrownOf(error: unknown): Thrown {
  if (!(error instanceof Error)) return { text: inspect(error, { depth: 0 }).slice(0, 200) };
  return { text: `${error.name}: ${error.message}`.slice(0, 200), stack: error.stack };
}
