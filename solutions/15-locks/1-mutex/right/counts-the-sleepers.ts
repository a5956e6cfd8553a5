// Word 0 is the lock, word 1 counts who waits: who leaves rings only if somebody does.
export class Mutex {
  readonly #memory: Int32Array;

  constructor(memory: Int32Array) {
    this.#memory = memory;
  }

  lock(): void {
    if (this.tryLock()) return;
    Atomics.add(this.#memory, 1, 1);
    while (!this.tryLock()) Atomics.wait(this.#memory, 0, 1);
    Atomics.sub(this.#memory, 1, 1);
  }

  tryLock(): boolean {
    return Atomics.compareExchange(this.#memory, 0, 0, 1) === 0;
  }

  unlock(): void {
    Atomics.store(this.#memory, 0, 0);
    if (Atomics.load(this.#memory, 1) > 0) Atomics.notify(this.#memory, 0, 1);
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
  readonly #jobs: (() => Promise<void>)[] = [];

  runExclusive<T>(body: () => T | Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#jobs.push(async () => {
        try {
          resolve(await body());
        } catch (error) {
          reject(error);
        }
      });
      if (this.#jobs.length === 1) void this.#work();
    });
  }

  async #work(): Promise<void> {
    for (; this.#jobs[0]; this.#jobs.shift()) await this.#jobs[0]();
  }
}
