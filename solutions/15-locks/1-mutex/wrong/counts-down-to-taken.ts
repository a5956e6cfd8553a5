// caught by "two threads are never inside together": nobody is left to wake
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
    // 1 becomes 0, and 2 becomes 1.
    if (Atomics.sub(this.#memory, 0, 1) === 2) Atomics.notify(this.#memory, 0, 1);
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
