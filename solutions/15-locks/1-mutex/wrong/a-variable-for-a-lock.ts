// caught by "two threads are never inside together": threads have the lock at the same time
// Shared by all, is it not?
let isTaken = false;

export class Mutex {
  readonly #memory: Int32Array;

  constructor(memory: Int32Array) {
    this.#memory = memory;
  }

  lock(): void {
    while (isTaken) Atomics.wait(this.#memory, 0, 0, 1);
    isTaken = true;
  }

  tryLock(): boolean {
    if (isTaken) return false;
    isTaken = true;
    return true;
  }

  unlock(): void {
    isTaken = false;
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
  #last: Promise<unknown> = Promise.resolve();

  runExclusive<T>(body: () => T | Promise<T>): Promise<T> {
    const result = this.#last.then(body);
    this.#last = result.catch(() => {});
    return result;
  }
}
