// caught by "two threads are never inside together": Deadlock: thread
export class GlobalLock {
  readonly #memory: Int32Array;
  #isMine = false;
  #hadIt = false;
  constructor(memory: Int32Array) {
    this.#memory = memory;
  }
  acquire(): void {
    const m = this.#memory;
    // Who had it waits until the other one had it, too.
    if (this.#hadIt) while (Atomics.load(m, 1) === 1) Atomics.wait(m, 1, 1);
    while (Atomics.exchange(m, 0, 1) === 1) Atomics.wait(m, 0, 1);
    this.#hadIt = true;
    this.#isMine = true;
    Atomics.add(m, 1, 1);
    Atomics.notify(m, 1);
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
