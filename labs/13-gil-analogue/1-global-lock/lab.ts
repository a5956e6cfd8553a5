// One lock for all threads, as CPython has one over its interpreter.

/** Each thread makes a GlobalLock of its own over the same memory. */
export class GlobalLock {
  readonly #memory: Int32Array;

  /** @param memory four words of shared memory, all 0 as long as nobody has made use of them */
  constructor(memory: Int32Array) {
    this.#memory = memory;
  }

  /** Waits until it is this thread's turn, asleep, and takes the lock. */
  acquire(): void {
    // The lock of the lesson: it keeps the others out. What does it do for those who wait?
    while (Atomics.exchange(this.#memory, 0, 1) === 1) Atomics.wait(this.#memory, 0, 1);
  }

  /**
   * Gives the lock back. If others wait for it, somebody else has it before this thread has it again.
   * @throws an Error if this thread does not hold the lock
   */
  release(): void {
    Atomics.store(this.#memory, 0, 0);
    Atomics.notify(this.#memory, 0, 1);
  }

  /** Calls the body while this thread holds the lock. Returns what it returns, throws what it throws. */
  run<T>(body: () => T): T {
    this.acquire();
    const result = body();
    this.release();
    return result;
  }
}
