// Asks twice before it sleeps; unlocks by counting down.
export class Mutex {
  readonly #memory: Int32Array;

  constructor(memory: Int32Array) {
    this.#memory = memory;
  }

  lock(): void {
    for (let attempt = 0; attempt < 2; attempt++) if (this.tryLock()) return;
    while (Atomics.exchange(this.#memory, 0, 2) !== 0) Atomics.wait(this.#memory, 0, 2);
  }

  tryLock(): boolean {
    return Atomics.compareExchange(this.#memory, 0, 0, 1) === 0;
  }

  unlock(): void {
    if (Atomics.sub(this.#memory, 0, 1) === 1) return;
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
    if (this.#isTaken) await new Promise<void>((go) => this.#waiting.push(go));
    this.#isTaken = true;
    try {
      return await body();
    } finally {
      // Handed over: it stays taken, so that nobody comes in between.
      const next = this.#waiting.shift();
      if (next) next();
      else this.#isTaken = false;
    }
  }
}
