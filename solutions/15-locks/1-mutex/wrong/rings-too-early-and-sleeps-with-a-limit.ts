// caught by "a thread that waits sleeps": unlock had not woken it
export class Mutex {
  readonly #memory: Int32Array;

  constructor(memory: Int32Array) {
    this.#memory = memory;
  }

  lock(): void {
    while (Atomics.exchange(this.#memory, 0, 1) === 1) Atomics.wait(this.#memory, 0, 1, 1);
  }

  tryLock(): boolean {
    return Atomics.compareExchange(this.#memory, 0, 0, 1) === 0;
  }

  unlock(): void {
    Atomics.notify(this.#memory, 0, 1);
    Atomics.store(this.#memory, 0, 0);
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
