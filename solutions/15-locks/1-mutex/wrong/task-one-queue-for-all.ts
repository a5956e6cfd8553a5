// caught by "two mutexes know nothing of each other": until the other mutex was free again
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

let last: Promise<unknown> = Promise.resolve();

export class AsyncMutex {
  runExclusive<T>(body: () => T | Promise<T>): Promise<T> {
    const result = last.then(body);
    last = result.catch(() => {});
    return result;
  }
}
