// What a thread in lock-step and its conductor have in common: what is said, and the words by which a thread is let go.
import type { Crossing } from '../guest/membrane.ts';
import type { Operation, Place, Result } from '../engine/operation.ts';

/** What a thread is given to begin with. */
export interface ThreadOrder {
  /** the scenario, absolute */
  readonly file: string;
  readonly thread: number;
  /** what `setup` returned */
  readonly shared: Crossing;
  /** what it shares with the other threads */
  readonly memory: SharedArrayBuffer;
  readonly gate: SharedArrayBuffer;
}

/** What a thread says. */
export type FromThread =
  /** it stands before an operation and waits for its turn */
  | { readonly kind: 'stands'; readonly operation: Operation; readonly places: readonly Place[] }
  | { readonly kind: 'did'; readonly result: Result }
  /** it has slept its time and waits for its turn to go on */
  | { readonly kind: 'expired' }
  | { readonly kind: 'ended' }
  | ThrownByThread
  | { readonly kind: 'refused'; readonly reason: string; readonly places: readonly Place[] };

export interface ThrownByThread {
  readonly kind: 'threw';
  /** as explore.ts says it: `TypeError: ...` */
  readonly said: string;
  readonly isAssertion: boolean;
  readonly places: readonly Place[];
}

/** How often what repeats itself in a livelock is done. */
export const rounds = 3;

const [turns, sleepMs] = [0, 1];
const wordsOfThread = 2;

/** Where the threads wait for their turns. */
export class Gate {
  readonly #words: Int32Array;

  static forThreads(threads: number): SharedArrayBuffer {
    return new SharedArrayBuffer(threads * wordsOfThread * Int32Array.BYTES_PER_ELEMENT);
  }

  constructor(buffer: SharedArrayBuffer) {
    this.#words = new Int32Array(buffer);
  }

  /** @param mostMs that its sleep may last, if it falls asleep; Infinity: until it is woken */
  letGo(thread: number, mostMs: number): void {
    const at = thread * wordsOfThread;
    Atomics.store(this.#words, at + sleepMs, Number.isFinite(mostMs) ? Math.ceil(mostMs) : -1);
    Atomics.add(this.#words, at + turns, 1);
    Atomics.notify(this.#words, at + turns);
  }

  /**
   * Blocks until the thread has been let go so often.
   * @returns how long it may sleep
   */
  pass(thread: number, times: number): number {
    const at = thread * wordsOfThread;
    for (let passed = 0; ;) {
      passed = Atomics.load(this.#words, at + turns);
      if (passed >= times) break;
      Atomics.wait(this.#words, at + turns, passed);
    }
    const mostMs = Atomics.load(this.#words, at + sleepMs);
    return mostMs < 0 ? Number.POSITIVE_INFINITY : mostMs;
  }
}
