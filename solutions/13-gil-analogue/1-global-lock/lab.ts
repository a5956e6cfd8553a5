// One lock for all threads, as CPython has one over its interpreter.

/** The word with the ticket for whoever comes next, and the word with the ticket whose turn it is. */
const [nextTicket, nowServing] = [0, 1];

/** Each thread makes a GlobalLock of its own over the same memory. */
export class GlobalLock {
  readonly #memory: Int32Array;
  #isMine = false;

  /** @param memory four words of shared memory, all 0 as long as nobody has made use of them */
  constructor(memory: Int32Array) {
    this.#memory = memory;
  }

  /** Waits until it is this thread's turn, asleep, and takes the lock. */
  acquire(): void {
    const ticket = Atomics.add(this.#memory, nextTicket, 1);
    for (;;) {
      const serving = Atomics.load(this.#memory, nowServing);
      if (serving === ticket) break;
      Atomics.wait(this.#memory, nowServing, serving);
    }
    this.#isMine = true;
  }

  /**
   * Gives the lock back. If others wait for it, somebody else has it before this thread has it again.
   * @throws an Error if this thread does not hold the lock
   */
  release(): void {
    if (!this.#isMine) throw new Error('this thread does not hold the lock');
    this.#isMine = false;
    Atomics.add(this.#memory, nowServing, 1);
    // All of them: only one has the right ticket, and nobody knows where it sleeps.
    Atomics.notify(this.#memory, nowServing);
  }

  /** Calls the body while this thread holds the lock. Returns what it returns, throws what it throws. */
  run<T>(body: () => T): T {
    this.acquire();
    try {
      return body();
    } finally {
      this.release();
    }
  }
}
