// caught by "two threads are never inside together": Deadlock, by a lost wake-up
export class Mutex {
  readonly #memory: Int32Array;

  constructor(memory: Int32Array) {
    this.#memory = memory;
  }

  lock(): void {
    // Word 1 is a bell.
    while (Atomics.exchange(this.#memory, 0, 1) === 1) Atomics.wait(this.#memory, 1, 0);
  }

  tryLock(): boolean {
    return Atomics.compareExchange(this.#memory, 0, 0, 1) === 0;
  }

  unlock(): void {
    Atomics.store(this.#memory, 0, 0);
    Atomics.notify(this.#memory, 1, 1);
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

  runExclusive<T>(body: () => T | Promise<T>): Promise<T> {
    const result = this.#last.then(body);
    this.#last = result.catch(() => {});
    return result;
  }
}
