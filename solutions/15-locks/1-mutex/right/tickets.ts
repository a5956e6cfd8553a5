// Two words: the next ticket, and the ticket that is being served. First come, first served.
const [next, serving] = [0, 1];

export class Mutex {
  readonly #memory: Int32Array;

  constructor(memory: Int32Array) {
    this.#memory = memory;
  }

  lock(): void {
    const ticket = Atomics.add(this.#memory, next, 1);
    for (;;) {
      const now = Atomics.load(this.#memory, serving);
      if (now === ticket) return;
      Atomics.wait(this.#memory, serving, now);
    }
  }

  tryLock(): boolean {
    // When the next ticket is the one that is being served, nobody has it.
    const now = Atomics.load(this.#memory, serving);
    return Atomics.compareExchange(this.#memory, next, now, now + 1) === now;
  }

  unlock(): void {
    Atomics.add(this.#memory, serving, 1);
    Atomics.notify(this.#memory, serving);
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
  #last: Promise<void> = Promise.resolve();

  async runExclusive<T>(body: () => T | Promise<T>): Promise<T> {
    const before = this.#last;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#last = promise;
    await before;
    try {
      return await body();
    } finally {
      resolve();
    }
  }
}
