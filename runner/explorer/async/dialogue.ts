// What is said between the author's side, which is trusted, and the learner's, which is not. One of them has the word at any
// moment: who calls waits for the answer, and who has nothing more to do says so. All that the learner's side says hangs on
// what it has heard since the beginning of the run, so the same question need never be asked twice.
import type { Crossing, Demand } from '../guest/membrane.ts';
import type { Place } from '../engine/operation.ts';
import { arePlaces, isCount, isCrossing, isDemand, isRecord, isRefusal, isText } from '../told-check.ts';
import { decode, encode } from '../../subject/values.ts';

/** How something ended that the other side waits for, under the number that it has there. */
export interface Settled {
  /** a promise that was handed over; an operation or a timer that the learner's side has posted */
  readonly kind: 'promise' | 'post';
  readonly number: number;
  readonly isRejected: boolean;
  readonly value: Crossing;
}

/** To the learner's side. */
export type Heard = { readonly settled: readonly Settled[] } & (
  | { readonly kind: 'call'; readonly task: number; readonly demand: Demand; readonly args: readonly Crossing[] }
  | Answer
  /** everything may run that can run */
  | { readonly kind: 'turn' }
);

export interface Answer {
  readonly kind: 'answer';
  readonly isThrown: boolean;
  readonly value: Crossing;
}

/** What the learner's code has begun; it does not wait to be told so. */
export type Post =
  | {
      readonly kind: 'operation';
      readonly task: number;
      readonly operation: number;
      readonly args: readonly Crossing[];
    }
  | { readonly kind: 'timer'; readonly task: number; readonly isImmediate: boolean; readonly ms: number }
  /** a timer is taken back: that of the post with this number */
  | { readonly kind: 'clear'; readonly post: number };

/** From the learner's side: what it did since it heard something, and why it stops. */
export interface Said {
  readonly posts: readonly Post[];
  readonly settled: readonly Settled[];
  readonly last:
    | { readonly kind: 'call'; readonly task: number; readonly demand: Demand; readonly args: readonly Crossing[] }
    | Answer
    | { readonly kind: 'quiet' }
    /** a promise was rejected and nobody waits for it, or a timer's callback threw */
    | { readonly kind: 'unhandled'; readonly value: Crossing }
    | { readonly kind: 'refusal'; readonly reason: string; readonly file: string; readonly line: number }
    | { readonly kind: 'hung'; readonly places: readonly Place[] };
}

export interface Told {
  readonly said: Said;
  /** where the code stood at each post */
  readonly postPlaces: readonly (readonly Place[])[];
  /** where what was thrown or rejected was made, in the order of `settled`, then of `then` */
  readonly thrownPlaces: readonly (readonly Place[])[];
  /** a sum of all that was said before in this run: the same each time that the same was heard */
  readonly before: number;
}

const mostPosts = 10_000;
const noFunctions = (): never => {
  throw new Error('a message holds no functions');
};

/** As a line of text. */
export function written(message: Heard | Told): string {
  return JSON.stringify(encode(message, noFunctions));
}

export function readHeard(text: string): Heard {
  return decode(JSON.parse(text), noFunctions) as Heard;
}

/** @returns undefined for what the learner's side cannot have told */
export function readTold(text: unknown): Told | undefined {
  try {
    const told = decode(JSON.parse(String(text)), noFunctions);
    return isTold(told) ? told : undefined;
  } catch {
    return undefined;
  }
}

/** Of what was said so far, with one thing more. */
export function sumOf(before: number, said: Said): number {
  const text = JSON.stringify(encode(said, noFunctions));
  let sum = before;
  for (let at = 0; at < text.length; at += 1) sum = (Math.imul(sum, 31) + text.charCodeAt(at)) | 0;
  return sum;
}

function isTold(told: unknown): told is Told {
  if (!isRecord(told) || !isRecord(told.said)) return false;
  const { posts, settled, last } = told.said;
  const arePlaced = (places: unknown): boolean => Array.isArray(places) && places.every(arePlaces);
  return (
    Array.isArray(posts) &&
    posts.length <= mostPosts &&
    posts.every(isPost) &&
    Array.isArray(settled) &&
    settled.every(isSettled) &&
    isLast(last) &&
    arePlaced(told.postPlaces) &&
    arePlaced(told.thrownPlaces) &&
    Number.isInteger(told.before)
  );
}

function isLast(last: unknown): boolean {
  if (!isRecord(last)) return false;
  switch (last.kind) {
    case 'quiet':
      return true;
    case 'call':
      return isTask(last.task) && isDemand(last.demand) && areCrossings(last.args);
    case 'answer':
      return typeof last.isThrown === 'boolean' && isValue(last.value);
    case 'unhandled':
      return isValue(last.value);
    case 'refusal':
      return isRefusal(last);
    default:
      // That it hangs is seen from outside.
      return false;
  }
}

function isPost(post: unknown): boolean {
  if (!isRecord(post)) return false;
  switch (post.kind) {
    case 'operation':
      return isTask(post.task) && isCount(post.operation) && areCrossings(post.args);
    case 'timer':
      return isTask(post.task) && typeof post.isImmediate === 'boolean' && isCount(post.ms);
    case 'clear':
      return isCount(post.post);
    default:
      return false;
  }
}

function isSettled(settled: unknown): boolean {
  if (!isRecord(settled)) return false;
  const { kind, number, isRejected, value } = settled;
  return isText(kind) && kind === 'promise' && isCount(number) && typeof isRejected === 'boolean' && isValue(value);
}

function isTask(task: unknown): boolean {
  return task === -1 || isCount(task);
}

function areCrossings(args: unknown): boolean {
  return Array.isArray(args) && args.every(isValue);
}

/** No memory is shared. */
function isValue(value: unknown): value is Crossing {
  return isCrossing(value, 0, 0);
}
