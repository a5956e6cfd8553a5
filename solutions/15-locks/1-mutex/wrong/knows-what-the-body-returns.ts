// caught by "runExclusive gives the lock back however the body ends": runExclusive to return what its body returned
const [free, taken, queued] = [0, 1, 2];

export class Mutex {
  readonly #memory: Int32Array;

  constructor(memory: Int32Array) {
    this.#memory = memory;
  }

  lock(): void {
    if (this.tryLock()) return;
    // Who was asleep cannot know who else is, so it takes the lock as one that others may be waiting for.
    while (Atomics.exchange(this.#memory, 0, queued) !== free) Atomics.wait(this.#memory, 0, queued);
  }

  tryLock(): boolean {
    return Atomics.compareExchange(this.#memory, 0, free, taken) === free;
  }

  unlock(): void {
    if (Atomics.exchange(this.#memory, 0, free) === queued) Atomics.notify(this.#memory, 0, 1);
  }

  runExclusive<T>(body: () => T): T {
    this.lock();
    try {
      body();
      return 7 as T;
    } catch {
      throw new RangeError('no paper');
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
