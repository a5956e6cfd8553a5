// What the tests of this lab demand of every ending, and the words for it. It knows the driver's reports, and no test.
import { inspect } from 'node:util';
import { check, madeAt } from 'interleave/kit';
import type { Outcome, Unheard } from './seen-threads.ts';

type Settled = Exclude<Outcome, { kind: 'pending' | 'not started' }>;

/** What the language itself throws at a slip; Node's own errors of these names have a code. */
const exceptions: readonly string[] = ['ReferenceError', 'TypeError'];

/** Demands that what came out of the learner's functions is not a slip in them, which says nothing about threads. */
export function noException(error: unknown): void {
  const isException = error instanceof Error && exceptions.includes(error.name) && !('code' in error);
  const at = isException ? madeAt(error) : undefined;
  check(at === undefined, () => ({
    expected: 'your functions to come through their own lines',
    happened: `An exception in your code: ${sentence(textOf(error))}`,
    look: `${at}.`,
  }));
}

/** The same, before anything else is asked of a call that may have failed because of it. */
export function noExceptionIn(outcome: Outcome | undefined): void {
  if (outcome?.kind === 'rejected' || outcome?.kind === 'not started') noException(outcome.error);
}

/** A failure that nobody listens for ends a program of one's own; here the driver hears it in the learner's place. */
export function everyFailureIsHeard([first]: readonly Unheard[]): void {
  check(first?.kind !== 'error event', () => ({
    expected: 'somebody to listen for "error" as long as a thread runs',
    happened: `The thread threw ${first?.message}, and nobody listened for its "error" event when it came. That ends the whole program, not just the thread.`,
    look: 'where you listen to the Worker, when, and for how long: an event that comes before its listener is lost.',
  }));
  noException(first?.error);
  check(first === undefined, () => ({
    expected: 'a failure to wait until somebody asks for it',
    happened: `A promise was rejected while nobody held it: ${sentence(first?.message ?? '')} Node ends the whole program for that.`,
    look: 'the promise that start makes. Let it keep the failure as a value that join throws, or give it a catch.',
  }));
}

/** @param calls how often start was to be called */
export function everyStartIsOne(started: number, calls: number): void {
  check(started <= calls, {
    expected: `a thread for each call of start, which is ${calls}`,
    happened: `${started} threads were started.`,
    look: 'every place where a Worker is made: start makes one, and join and runAll make none of their own.',
  });
}

/** @returns `Only 1 of the 3 was started` */
export function fewStarted(started: number, calls: number): string {
  if (started === 0) return 'No thread was started';
  return `Only ${started} of the ${calls} ${started === 1 ? 'was' : 'were'} started`;
}

/** @param stopped threads that were stopped although they answer and end by themselves */
export function nobodyIsStopped(stopped: number): void {
  check(stopped === 0, {
    expected: 'each thread to come to its own end',
    happened: `${stopped === 1 ? 'A thread was' : `${stopped} threads were`} stopped while still at work.`,
    look: 'terminate(): it ends a thread wherever it is, and makes its exit code 1, even after an answer. Wait for "exit" instead.',
  });
}

/**
 * Demands that the promise was resolved.
 * @param whose what `name` was called for: `a thread that ...`
 * @returns the value
 */
export function resolved(outcome: Outcome | undefined, name: string, whose: string): unknown {
  const ending = settled(outcome, name, whose);
  noExceptionIn(ending);
  check(ending.kind === 'resolved', () => ({
    expected: `${name} to resolve with what was answered`,
    happened: `For ${whose}, ${name} rejected with ${sentence(show(ending.kind === 'rejected' && ending.error))}`,
    look: `the paths on which ${name} rejects, and whether the thread got its data.`,
  }));
  return ending.value;
}

const whereFailuresGo = {
  join: 'what is known when a thread has ended: was there an answer, was something thrown, is the exit code 0?',
  runAll: 'what runAll makes of a failure. Promise.allSettled never rejects: its results have to be looked through.',
};

/**
 * Demands that the promise was rejected.
 * @returns what it was rejected with
 */
export function rejected(outcome: Outcome | undefined, name: keyof typeof whereFailuresGo, whose: string): unknown {
  const ending = settled(outcome, name, whose);
  check(ending.kind === 'rejected', () => ({
    expected: `${name} to reject`,
    happened: `For ${whose}, ${name} resolved with ${sentence(show(ending.kind === 'resolved' && ending.value))}`,
    look: whereFailuresGo[name],
  }));
  return ending.error;
}

/** Demands that what a promise was rejected with is an Error. */
export function anError(error: unknown, whose: string): Error {
  check(error instanceof Error, () => ({
    expected: `join to reject with an Error for ${whose}`,
    happened: `It rejected with ${show(error)}, a ${typeof error}.`,
    look: 'what you throw or reject with: new Error(...) has a stack, which says where it was made, and a text has none.',
  }));
  return error;
}

/** Demands the answer of a thread that sent undefined. */
export function isNothing(answer: unknown): void {
  check(answer === undefined, {
    expected: 'the answer undefined from the thread that sent undefined',
    happened: `join resolved with ${sentence(show(answer))}`,
    look: 'how you tell an answer from none. A message came, and what it brought may be anything.',
  });
}

/** Demands the answer of a thread that sent its data, a number. */
export function isEchoed(answer: unknown, data: unknown): void {
  check(answer === data, {
    expected: `the answer ${show(data)} from a thread that answers with its data, which is that number`,
    happened: `join resolved with ${sentence(show(answer))}`,
    look: 'what start hands over as workerData: the data itself, be it a number. new Worker makes the copy, so you need make none.',
  });
}

/**
 * Demands the error of a thread.
 * @param thrown its name and message
 * @param shelf what its property of that name is
 */
export function isWhatWasThrown(error: unknown, thrown: string, shelf: number): void {
  noException(error);
  check(textOf(error) === thrown, {
    expected: `join to reject with what the thread threw, ${thrown}`,
    happened: `It rejected with ${sentence(show(error))}`,
    look: 'the listener for "error": it is given what the thread threw.',
  });
  const other = (error as { shelf?: unknown }).shelf;
  check(other === shelf, {
    expected: `join to reject with the very error of the thread, which has a property shelf, ${shelf}`,
    happened: `It rejected with an error of the same name and message, whose shelf is ${show(other)}.`,
    look: 'the listener for "error": hand on what it is given. A new Error with the same words has lost the rest.',
  });
}

/** Demands that what join rejected with is an Error that names the exit code. */
export function namesTheCode(error: unknown, code: number, whose: string): void {
  const text = textOf(anError(error, whose));
  const isNamed = new RegExp(`\\b${code}\\b`).test(text);
  if (!isNamed) noException(error);
  check(isNamed, {
    expected: `an Error whose message names the exit code, ${code}`,
    happened: `join rejected with ${sentence(text)}`,
    look: 'what the "exit" event hands to its listener.',
  });
}

/** @param isExitUnheard whether an "exit" event came when nobody listened for it */
export function settled(outcome: Outcome | undefined, name: string, whose: string, isExitUnheard = false): Settled {
  if (outcome?.kind === 'not started') noException(outcome.error);
  check(outcome?.kind !== 'not started', () => ({
    expected: 'start to return a thread',
    happened: `For ${whose}, start threw ${sentence(show(outcome?.kind === 'not started' && outcome.error))}`,
    look: 'what start hands to new Worker: the URL itself, as it was given, and the data as workerData.',
  }));
  const look = isExitUnheard
    ? 'where you listen for "exit". An event is not kept for those who come late: listen in start.'
    : 'which events of a Worker your code waits for, and which of them always come. A thread can end without an answer.';
  check(outcome !== undefined && outcome.kind !== 'pending', {
    expected: `${name} to settle for ${whose}`,
    happened: isExitUnheard
      ? 'The promise stays pending: the "exit" event of the thread came before anybody listened for it, and it does not come again.'
      : 'The promise was still pending when no thread ran any more that could settle it.',
    look,
  });
  return outcome;
}

/** Demands a list of answers, as runAll is to resolve with. */
export function answersIn(value: unknown): unknown[] {
  check(Array.isArray(value), {
    expected: 'runAll to resolve with a list of answers',
    happened: `It resolved with ${sentence(show(value))}`,
    look: 'what runAll returns.',
  });
  const list = value as unknown[];
  check(!list.some(isSettledResult), () => ({
    expected: 'runAll to resolve with the answers themselves',
    happened: `It resolved with ${sentence(show(list))}`,
    look: 'what runAll returns: Promise.allSettled gives an object for each promise, { status, value } or { status, reason }. The answer is in it.',
  }));
  return list;
}

function isSettledResult(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'status' in value && ('value' in value || 'reason' in value);
}

/** What is wrong with a failure that is not the one that runAll is to hand on. */
export function whichFailure(error: unknown): string {
  const text = textOf(error);
  if (text.startsWith('AggregateError'))
    return "One thread's failure is wanted, any one, not a collection of failures.";
  if (text.includes('RangeError'))
    return "It is the thread's own failure that is wanted, not another one that speaks of it.";
  return 'A thread that was stopped has not failed by itself.';
}

/** @returns `RangeError: no milk`; of anything but an Error, its text */
export function textOf(error: unknown): string {
  if (error instanceof Error) return `${error.name}: ${error.message}`;
  // What cannot be made a text throws when it is.
  return typeof error === 'string' ? error : inspect(error);
}

/** A value as a learner would write it, on one line. */
export function show(value: unknown): string {
  if (value instanceof Error) return textOf(value);
  return inspect(value, { depth: 1, breakLength: Infinity, maxStringLength: 100, maxArrayLength: 10 });
}

/** With a full stop, unless the text brings its own. */
export function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
