// caught by "who waits comes in before who comes back": all that thread 2 did was to wake somebody
// Five milliseconds should be enough for the others, most of the time.
export class GlobalLock {
  readonly #memory: Int32Array;
  #isMine = false;

  constructor(memory: Int32Array) {
    this.#memory = memory;
  }

  acquire(): void {
    while (Atomics.exchange(this.#memory, 0, 1) === 1) Atomics.wait(this.#memory, 0, 1);
    this.#isMine = true;
  }

  release(): void {
    if (!this.#isMine) throw new Error('this thread does not hold the lock');
    this.#isMine = false;
    Atomics.store(this.#memory, 0, 0);
    Atomics.notify(this.#memory, 0, 1);
    Atomics.wait(this.#memory, 3, 0, 5);
  }

  run<T>(body: () => T): T {
    this.acquire();
    try {
      return body();
    } finally {
      this.release();
    }
  }
}
