// Where threads that run freely meet at the beginning and at the end of a round, and what they say of it. Words that they
// share, beside those of the scenario.

/** How a round ended for a thread. */
export const outcomes = ['ended', 'exception', 'assertion'] as const;
export type Outcome = (typeof outcomes)[number];

const [round, arrived, done, firstOutcome] = [0, 1, 2, 3];
/** Turns of a loop: a thread that comes a little later is not slept for, so that all begin as one. */
const mostSpins = 2_000;

export class StartingLine {
  readonly #words: Int32Array;
  readonly #threads: number;

  static forThreads(threads: number): SharedArrayBuffer {
    return new SharedArrayBuffer((firstOutcome + threads) * Int32Array.BYTES_PER_ELEMENT);
  }

  constructor(buffer: SharedArrayBuffer) {
    this.#words = new Int32Array(buffer);
    this.#threads = this.#words.length - firstOutcome;
  }

  /** For whoever starts the rounds; what the threads need lies ready. */
  start(): void {
    Atomics.store(this.#words, arrived, 0);
    Atomics.store(this.#words, done, 0);
    Atomics.add(this.#words, round, 1);
    Atomics.notify(this.#words, round);
  }

  /** Blocks until all have ended, or before the first round, until all are ready. @returns how many are not after so long */
  unfinished(mostMs: number): number {
    const now = Atomics.load(this.#words, done);
    if (now < this.#threads) Atomics.wait(this.#words, done, now, mostMs);
    return this.#threads - Atomics.load(this.#words, done);
  }

  outcomes(): Outcome[] {
    return Array.from(this.#words.subarray(firstOutcome), (outcome) => outcomes[outcome] ?? 'ended');
  }

  /** For a thread: blocks until the round after `last` has begun. @returns its number */
  awaitRound(last: number): number {
    Atomics.wait(this.#words, round, last);
    return Atomics.load(this.#words, round);
  }

  /** Blocks until all threads are here. */
  meet(): void {
    if (Atomics.add(this.#words, arrived, 1) === this.#threads - 1) {
      Atomics.notify(this.#words, arrived);
      return;
    }
    for (let spins = 0; ; spins += 1) {
      const here = Atomics.load(this.#words, arrived);
      if (here >= this.#threads) return;
      if (spins > mostSpins) Atomics.wait(this.#words, arrived, here);
    }
  }

  finish(thread: number, outcome: Outcome): void {
    Atomics.store(this.#words, firstOutcome + thread, outcomes.indexOf(outcome));
    Atomics.add(this.#words, done, 1);
    Atomics.notify(this.#words, done);
  }
}
