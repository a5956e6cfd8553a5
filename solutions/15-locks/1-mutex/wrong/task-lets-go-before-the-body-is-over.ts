// caught by "tasks go in one at a time, in the order in which they came": bodies were under way at once
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

export class AsyncMutex {
  #isTaken = false;
  readonly #waiting: (() => void)[] = [];

  async runExclusive<T>(body: () => T | Promise<T>): Promise<T> {
    while (this.#isTaken) await new Promise<void>((go) => this.#waiting.push(go));
    this.#isTaken = true;
    try {
      return body();
    } finally {
      this.#isTaken = false;
      this.#waiting.shift()?.();
    }
  }
}
