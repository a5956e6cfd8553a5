// A run of a thread from its beginning, fed with what its earlier operations gave back. JavaScript cannot suspend a
// function in the middle; but a thread is a deterministic function of these results, so that it can be brought to the same
// place again. At the first operation whose result is not known the run is over: it is interrupted by an exception that
// the thread's own handlers let pass (lower.ts).
import { apply } from '../engine/memory.ts';
import type { Operation, Place, Result } from '../engine/operation.ts';
import type { Crossing, Demand } from './membrane.ts';
import { Refusal } from './modules.ts';

/** What a run is fed with, in order. */
export type Heard =
  /** what the operation that was said last gives back */
  | Result
  /** somebody calls a function of this side */
  | { readonly kind: 'call'; readonly demand: Demand; readonly args: readonly Crossing[] }
  /** how the call that was said last ended */
  | Answer;

export interface Answer {
  readonly kind: 'answer';
  readonly isThrown: boolean;
  readonly value: Crossing;
  /** where an exception was made: innermost first */
  readonly places?: readonly Place[];
}

/** What a run says, each time that it needs to hear something. */
export type Said =
  | { readonly kind: 'operation'; readonly operation: Operation; readonly places: readonly Place[] }
  | { readonly kind: 'call'; readonly demand: Demand; readonly args: readonly Crossing[] }
  | Answer
  /** from here on its local state hangs on `key` alone */
  | { readonly kind: 'checkpoint'; readonly key: string; readonly places: readonly Place[] }
  | { readonly kind: 'refusal'; readonly reason: string; readonly file: string; readonly line: number };

/** Operations that a run did by itself, with the results that it assumed. */
export type Ahead = readonly {
  readonly operation: Operation;
  readonly places: readonly Place[];
  readonly result: Result;
}[];

export interface Told {
  /** the last thing that was said, to which nothing was heard */
  readonly said: Said;
  readonly ahead: Ahead;
  /** of all operations that were said before, in order: the same each time that the same was heard */
  readonly checksum: number;
  /** of the results that could be taken: the codes of the operations that took them */
  readonly took: readonly number[];
}

/** Calls a function of this side; what the function throws is an answer. */
export type Invoke = (demand: Demand, args: readonly Crossing[]) => Answer;

/** Where the code stands that calls this: innermost first, files of the learner's and the author's only. */
export type Places = () => Place[];

export interface ReplayOptions {
  /** results that operations may take behind what is heard, until something else is said */
  readonly offered?: readonly Result[];
  /** checkpoints to pass behind the last result */
  readonly passed?: number;
  readonly ahead?: { readonly memory: DataView; readonly most: number } | undefined;
}

const differs = 'it does not do the same each time that it is run with the same results';
const interruption = Object.freeze({ name: 'Interruption' });

export class Replay {
  readonly #heard: readonly Heard[];
  readonly #places: Places;
  /** Memory to go on with when nothing more is to be heard; undefined: stop there. */
  readonly #memory: DataView | undefined;
  #mostAhead: number;
  /** Checkpoints to pass behind what is heard. */
  #toPass: number;
  /** Results that operations may take when what is heard is used up. */
  readonly #offered: readonly Result[];
  readonly #took: number[] = [];
  readonly #ahead: Ahead[number][] = [];
  #next = 0;
  #said: Said | undefined;
  #isOver = false;
  #checksum = 0;

  constructor(heard: readonly Heard[], places: Places, { passed = 0, offered = [], ahead }: ReplayOptions = {}) {
    this.#heard = heard;
    this.#places = places;
    this.#offered = offered;
    this.#memory = ahead?.memory;
    this.#mostAhead = ahead?.most ?? 0;
    this.#toPass = passed;
  }

  /** Runs until something is said that nothing is known to follow. */
  run(invoke: Invoke): Told {
    try {
      this.#serve(invoke);
    } catch (error) {
      // Whatever is thrown after the end is an echo of the interruption.
      if (!this.#isOver) this.#give(error);
    }
    const said = this.#said ?? { kind: 'refusal', reason: 'nothing was run', file: '', line: 0 };
    return { said, ahead: this.#ahead, checksum: this.#checksum, took: this.#took };
  }

  /** In a handler of exceptions: an interruption is none of the learner's. */
  pass(): void {
    if (this.#isOver) throw interruption;
  }

  /** Does an operation. */
  operate(operation: Operation): Result {
    this.pass();
    if (this.#next < this.#heard.length) {
      const heard = this.#heard[this.#next];
      if (typeof heard === 'object') throw new Refusal(differs, '', 0);
      this.#next += 1;
      this.#checksum = mixed(this.#checksum, codeOf(operation));
      return heard;
    }
    if (this.#took.length < this.#offered.length) {
      this.#took.push(codeOf(operation));
      return this.#offered[this.#took.length - 1];
    }
    return this.#onItsOwn(operation);
  }

  checkpoint(key: string): void {
    this.pass();
    if (this.#next < this.#heard.length || this.#took.length < this.#offered.length) return;
    if (this.#toPass === 0) {
      this.#said = { kind: 'checkpoint', key, places: this.#places() };
      this.#interrupt();
    }
    this.#toPass -= 1;
  }

  /** Calls a function of the other side. */
  call(demand: Demand, args: readonly Crossing[], invoke: Invoke): Answer {
    this.pass();
    this.#say({ kind: 'call', demand, args });
    return this.#serve(invoke);
  }

  /** What the code does cannot be explored: nothing that follows counts. */
  refuse(reason: string): never {
    if (!this.#isOver) {
      const [place] = this.#places();
      this.#said = { kind: 'refusal', reason, file: place?.file ?? '', line: place?.line ?? 0 };
      this.#isOver = true;
    }
    throw interruption;
  }

  /** Does what is asked until an answer is heard. */
  #serve(invoke: Invoke): Answer {
    for (;;) {
      const heard = this.#hear();
      if (typeof heard !== 'object') throw new Refusal(differs, '', 0);
      if (heard.kind === 'answer') return heard;
      const answer = invoke(heard.demand, heard.args);
      this.pass();
      this.#say(answer);
    }
  }

  #say(said: Said): void {
    if (this.#next >= this.#heard.length) this.#said = said;
  }

  #hear(): Heard {
    this.pass();
    if (this.#next >= this.#heard.length) return this.#interrupt();
    this.#next += 1;
    return this.#heard[this.#next - 1];
  }

  #interrupt(): never {
    this.#isOver = true;
    throw interruption;
  }

  #onItsOwn(operation: Operation): Result {
    const places = this.#places();
    // Whether it sleeps, and whom it wakes, is not to be seen in the bytes.
    const isAlone = operation.name !== 'wait' && operation.name !== 'notify';
    if (!this.#memory || this.#mostAhead === 0 || !isAlone) {
      this.#said = { kind: 'operation', operation, places };
      return this.#interrupt();
    }
    this.#mostAhead -= 1;
    const result = apply(this.#memory, operation);
    this.#ahead.push({ operation, places, result });
    return result;
  }

  #give(error: unknown): void {
    this.#isOver = true;
    this.#said =
      error instanceof Refusal
        ? { kind: 'refusal', reason: error.message, file: error.file, line: error.line }
        : { kind: 'refusal', reason: String(error), file: '', line: 0 };
  }
}

/** A sum over the codes of operations, in order. */
export function mixed(checksum: number, code: number): number {
  return (Math.imul(checksum, 31) + code) | 0;
}

/** A number that different operations seldom have in common: to notice that a run does other ones than the last time. */
export function codeOf(operation: Operation): number {
  let code = operation.name.charCodeAt(0) * 256 + operation.name.charCodeAt(1) + operation.name.length;
  code = mixed(code, operation.cell.address);
  if ('value' in operation) code = mixed(code, low(operation.value));
  if ('expected' in operation) code = mixed(code, low(operation.expected));
  return code;
}

function low(value: number | bigint): number {
  if (typeof value === 'bigint') return Number(BigInt.asIntN(32, value));
  return Number.isFinite(value) ? Math.trunc(value * 1024) | 0 : 0;
}
