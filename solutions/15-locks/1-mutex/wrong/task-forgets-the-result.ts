// caught by "tasks go in one at a time, in the order in which they came": It resolved with undefined
export class Mutex {
  readonly #memory: Int32Array;

  constructor(memory: Int32Array) {
    this.#memory = memory;
  }

  lock(): void {
    if (this.tryLock()) return;
    while (Atomics.exchange(this.#memory, 0, 2) !== 0) Atomics.wait(this.#memory, 0, 2);
  }

  tryLock(): boolean {
    return Atomics.compareExchange(this.#memory, 0, 0, 1) === 0;
  }

  unlock(): void {
    if (Atomics.exchange(this.#memory, 0, 0) === 2) Atomics.notify(this.#memory, 0, 1);
  }

  runExclusive<T>(body: () => T): T {
    this.lock();
    try {
      return body();
    } finally {
      this.unlock();
    }
  }
}

export class AsyncMutex {
  #last: Promise<unknown> = Promise.resolve();

  runExclusive(body: () => unknown): Promise<unknown> {
    this.#last = this.#last
      .then(body)
      .catch(() => {})
      .then(() => {});
    return this.#last;
  }
}
