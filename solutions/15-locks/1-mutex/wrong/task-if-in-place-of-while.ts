// caught by "nobody gets in between giving back and taking over": bodies were under way at once
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
      this.#isTaken = false;
      this.#waiting.shift()?.();
    }
  }
}
