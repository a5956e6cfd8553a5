// A lock for threads, and a lock for tasks.

/** A lock for threads. Each thread makes a Mutex of its own over the same memory. */
export class Mutex {
  readonly #memory: Int32Array;

  /** @param memory four words of shared memory, all 0 as long as nobody has made use of them */
  constructor(memory: Int32Array) {
    this.#memory = memory;
  }

  /** Waits until nobody has the lock, and takes it. */
  lock(): void {
    // This looks right. Is it?
    while (Atomics.load(this.#memory, 0) === 1);
    Atomics.store(this.#memory, 0, 1);
  }

  /** Takes the lock if nobody has it. Never waits. Returns whether it was taken. */
  tryLock(): boolean {
    if (Atomics.load(this.#memory, 0) === 1) return false;
    Atomics.store(this.#memory, 0, 1);
    return true;
  }

  /** Gives the lock back. Only who has it calls this. */
  unlock(): void {
    Atomics.store(this.#memory, 0, 0);
  }

  /** Calls the body while this thread has the lock. Returns what it returns, throws what it throws. */
  runExclusive<T>(body: () => T): T {
    this.lock();
    const result = body();
    this.unlock();
    return result;
  }
}

/** A lock for the tasks of one thread. */
export class AsyncMutex {
  #isTaken = false;
  readonly #waiting: (() => void)[] = [];

  /** Calls the body when all bodies before it are through. Settles as the body does. */
  async runExclusive<T>(body: () => T | Promise<T>): Promise<T> {
    if (this.#isTaken) await new Promise<void>((go) => this.#waiting.push(go));
    this.#isTaken = true;
    const result = await body();
    this.#isTaken = false;
    this.#waiting.shift()?.();
    return result;
  }
}
