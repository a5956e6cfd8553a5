// caught by "runExclusive gives the lock back however the body ends": threads have the lock at the same time
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
      const result = body();
      this.unlock();
      return result;
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
