// What the tests of this lab demand of every call, and the words for it. It knows the driver's reports, and no test.
import { inspect } from 'node:util';
import { check, madeAt } from 'interleave/kit';
import { calledOnTheMainThread, loadedOnTheMainThread } from './library.ts';
import type { Outcome, Unheard } from './seen-threads.ts';

/** What the language itself throws; Node's own errors of these names have a code. */
const exceptions: readonly string[] = ['ReferenceError', 'TypeError', 'RangeError', 'SyntaxError'];

/**
 * Where to look. When the error is an exception in the learner's own files, that is its line: a slip, most likely.
 * @param isCause whether `look` is about this very error, so that it has something to say to that line
 */
export function lookAt(error: unknown, look: string, isCause = false): string {
  const isException = error instanceof Error && exceptions.includes(error.name) && !('code' in error);
  const at = isException ? madeAt(error) : undefined;
  if (at === undefined) return look;
  return isCause ? `${at}, and ${look}` : `${at}.`;
}

/** A failure that nobody listens for ends a program of one's own; here the driver hears it in the learner's place. */
export function everyFailureIsHeard([first]: readonly Unheard[]): void {
  check(first?.kind !== 'error event', () => ({
    expected: 'somebody to listen for "error" as long as a thread runs',
    happened: `In the thread ${first?.message} was thrown, and nobody listened for the "error" event of its Worker. That ends the whole program, not just the thread.`,
    look: lookAt(first?.error, 'where you listen to the Worker, when, and for how long.'),
  }));
  check(first === undefined, () => ({
    expected: 'the promise of callBlocking to be the only one that rejects',
    happened: `Another promise was rejected, and nobody held it: ${sentence(first?.message ?? '')} Node ends the whole program for that.`,
    look: lookAt(
      first?.error,
      'every promise that you make. One that may reject needs somebody who awaits it or catches, also when the call is over.',
    ),
  }));
}

/** Says what is wrong with a function that ran where the event loop does. */
export function notOnTheMainThread(outcomes: readonly (Outcome | undefined)[]): void {
  const says = (words: string) =>
    outcomes.some((outcome) => outcome !== undefined && 'error' in outcome && textOf(outcome.error).endsWith(words));
  check(!says(loadedOnTheMainThread), {
    expected: 'the module to be imported in the thread, and not beside the event loop',
    happened:
      'It was imported on a main thread, and would have blocked it: a module may read and compute for long while it is loaded.',
    look: 'each place with an import(), and which thread stands there.',
  });
  check(!says(calledOnTheMainThread), {
    expected: 'the function to run in a thread of its own, beside the one with the event loop',
    happened:
      'It was called on a main thread, and would have blocked it: while it runs, no timer, no request and no answer gets its turn.',
    look: 'who executes the call. "async", "await", a promise and a timer only say when, and they all mean the thread that they stand in. A Worker is another thread; a process has a main thread again.',
  });
}

/**
 * Demands that the promise was resolved.
 * @param call `same(0)`
 * @param look where to look when nothing better is known
 * @returns the value
 */
export function resolved(
  outcome: Outcome | undefined,
  call: string,
  look = 'what the thread is told, who may end it before it has answered, and each path on which you reject.',
): unknown {
  const ending = settled(outcome, call);
  check(ending.kind === 'resolved', () => {
    const error = errorOf(ending);
    const cause = causeOf(textOf(error));
    return {
      expected: `the promise of ${call} to resolve with what the function returned`,
      happened: `It rejected with ${sentence(show(error))}`,
      look: lookAt(error, cause ?? look, cause !== undefined),
    };
  });
  return ending.value;
}

/** What is behind an error that comes of one misconception only. */
function causeOf(text: string): string | undefined {
  if (text.includes('"filename"'))
    return 'what a Worker is made of: the address of a file. What the thread is to do stands in that file.';
  if (text.includes('could not be cloned'))
    return 'what you hand to the Worker. Data can be copied into another thread, a function cannot: tell the thread where to find it.';
  if (text.includes('is not defined'))
    return 'what the thread is told. The text of a function comes without its module: no imports, no variables from around it. The thread can import the module itself.';
  if (text.includes('in shared memory') || text.includes('points.values'))
    return 'how args get into the thread: workerData and postMessage copy a Map and share shared memory, JSON knows neither.';
  if (text.includes('is not a function'))
    return 'what the thread finds in the module. import() gives a promise of the module, and the name is a text to look up in it.';
  return undefined;
}

/**
 * Demands that the promise was rejected.
 * @returns what it was rejected with
 */
export function rejected(outcome: Outcome | undefined, call: string, look: string): unknown {
  const ending = settled(outcome, call);
  check(ending.kind === 'rejected', () => ({
    expected: `the promise of ${call} to reject`,
    happened: `It resolved with ${sentence(show(ending.kind === 'resolved' && ending.value))}`,
    look,
  }));
  return ending.error;
}

/** Demands that the promise did not stay pending, and that there was one. */
export function settled(outcome: Outcome | undefined, call: string): Exclude<Outcome, { kind: 'pending' | 'thrown' }> {
  check(outcome?.kind !== 'thrown', () => ({
    expected: `${call} to return a promise, which rejects when something is wrong`,
    happened: `It threw ${sentence(show(outcome?.kind === 'thrown' && outcome.error))} A caller who handles a rejection would not have noticed.`,
    look: lookAt(
      outcome?.kind === 'thrown' && outcome.error,
      'what throws before there is a promise. What an async function throws becomes a rejection, always.',
    ),
  }));
  check(outcome !== undefined && outcome.kind !== 'pending', {
    expected: `the promise of ${call} to settle`,
    happened: 'It stayed pending, and no thread was there (any more) that could have settled it.',
    look: 'which events of a Worker you listen to. A thread can end without a message and without an error; one event tells of every end.',
  });
  return outcome;
}

function errorOf(outcome: Outcome): unknown {
  return 'error' in outcome ? outcome.error : undefined;
}

/** @returns `RangeError: no milk`; of anything but an Error, its text */
export function textOf(error: unknown): string {
  // What cannot be made a text throws when it is.
  if (!(error instanceof Error)) return typeof error === 'string' ? error : inspect(error);
  // Node names a function that it cannot copy by its source, which may be the suite's.
  const message = error.message.replace(/^.*(?:=>|function|class).*(?= could not be cloned)/s, 'a function');
  return `${error.name}: ${message}`;
}

/** Of what belongs to Node, a Worker for example, it says too much. */
const longest = 200;

/** A value as a learner would write it, on one line. */
export function show(value: unknown): string {
  if (value instanceof Error) return textOf(value);
  const text = inspect(value, { depth: 1, breakLength: Infinity, maxStringLength: 100, maxArrayLength: 10 });
  return text.length > longest ? `${text.slice(0, longest)}...` : text;
}

/** With a full stop, unless the text brings its own. */
export function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
