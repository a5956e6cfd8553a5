// Whoever leaves wakes all of them, and all of them look again.
export class Mutex {
  readonly #memory: Int32Array;

  constructor(memory: Int32Array) {
    this.#memory = memory;
  }

  lock(): void {
    while (Atomics.exchange(this.#memory, 0, 1) === 1) Atomics.wait(this.#memory, 0, 1);
  }

  tryLock(): boolean {
    return Atomics.compareExchange(this.#memory, 0, 0, 1) === 0;
  }

  unlock(): void {
    Atomics.store(this.#memory, 0, 0);
    Atomics.notify(this.#memory, 0);
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
  readonly #line: symbol[] = [];
  #left = Promise.withResolvers<void>();

  async runExclusive<T>(body: () => T | Promise<T>): Promise<T> {
    const mine = Symbol('turn');
    this.#line.push(mine);
    // Everybody is woken, and only the first in line goes on.
    while (this.#line[0] !== mine) await this.#left.promise;
    try {
      return await body();
    } finally {
      this.#line.shift();
      this.#left.resolve();
      this.#left = Promise.withResolvers<void>();
    }
  }
}
