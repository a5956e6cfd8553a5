// Sleeps with a time limit, which it does not need: unlock wakes it before.
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
    Atomics.store(this.#memory, 0, 0);
    Atomics.notify(this.#memory, 0, 1);
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
  #isTaken = false;
  readonly #waiting: (() => void)[] = [];

  async runExclusive<T>(body: () => T | Promise<T>): Promise<T> {
    // Who leaves hands the lock over, so it is not free in between.
    if (this.#isTaken) await new Promise<void>((go) => this.#waiting.push(go));
    else this.#isTaken = true;
    try {
      return await body();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#isTaken = false;
    }
  }
}
