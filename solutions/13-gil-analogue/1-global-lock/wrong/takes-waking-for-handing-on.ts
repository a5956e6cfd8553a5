// caught by "who waits comes in before who comes back": has it again before thread 1 had it
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
