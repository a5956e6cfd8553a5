// A lock for threads, and a lock for tasks.

/** The states of the lock: nobody has it; somebody has it; somebody has it, and others may be asleep. */
const [free, taken, queued] = [0, 1, 2];

/** A lock for threads. Each thread makes a Mutex of its own over the same memory. */
export class Mutex {
  readonly #memory: Int32Array;

  /** @param memory four words of shared memory, all 0 as long as nobody has made use of them */
  constructor(memory: Int32Array) {
    this.#memory = memory;
  }

  /** Waits until nobody has the lock, and takes it. */
  lock(): void {
    if (this.tryLock()) return;
    // Who was asleep cannot know who else is, so it takes the lock as one that others may be waiting for.
    while (Atomics.exchange(this.#memory, 0, queued) !== free) Atomics.wait(this.#memory, 0, queued);
  }

  /** Takes the lock if nobody has it. Never waits. Returns whether it was taken. */
  tryLock(): boolean {
    return Atomics.compareExchange(this.#memory, 0, free, taken) === free;
  }

  /** Gives the lock back. Only who has it calls this. */
  unlock(): void {
    if (Atomics.exchange(this.#memory, 0, free) === queued) Atomics.notify(this.#memory, 0, 1);
  }

  /** Calls the body while this thread has the lock. Returns what it returns, throws what it throws. */
  runExclusive<T>(body: () => T): T {
    this.lock();
    try {
      return body();
    } finally {
      this.unlock();
    }
  }
}

/** A lock for the tasks of one thread. */
export class AsyncMutex {
  /** Fulfilled when the last body in line is through, however it ended. */
  #last: Promise<unknown> = Promise.resolve();

  /** Calls the body when all bodies before it are through. Settles as the body does. */
  runExclusive<T>(body: () => T | Promise<T>): Promise<T> {
    const result = this.#last.then(body);
    this.#last = result.catch(() => {});
    return result;
  }
}
