// Four counters for a museum with several doors. Each door is a thread, and has a counter of its own over shared memory.

/** How many came in, and what they paid together. */
export interface Taken {
  readonly visitors: number;
  readonly cents: number;
}

/** The first method: no method. Leave it as it is; explore and time it to see what it does. */
export class PlainCounter {
  readonly #memory: Int32Array;

  /** @param memory word 0: visitors, word 1: cents */
  constructor(memory: Int32Array) {
    this.#memory = memory;
  }

  add(cents: number): void {
    this.#memory[0]! += 1;
    this.#memory[1]! += cents;
  }
}

/** The second: each word by itself loses nothing. */
export class AtomicCounter {
  readonly #memory: Int32Array;

  /** @param memory word 0: visitors, word 1: cents */
  constructor(memory: Int32Array) {
    this.#memory = memory;
  }

  /** Counts a visitor who paid so many cents. */
  add(cents: number): void {
    Atomics.add(this.#memory, 0, 1);
    Atomics.add(this.#memory, 1, cents);
  }
}

/** The third: both words under a lock, so that whoever reads finds what belongs together. */
export class LockedCounter {
  readonly #memory: Int32Array;
  readonly #lock: () => void;
  readonly #unlock: () => void;

  /**
   * @param memory word 0: visitors, word 1: cents
   * @param lock waits until nobody has the lock of all doors, and takes it
   * @param unlock gives it back
   */
  constructor(memory: Int32Array, lock: () => void, unlock: () => void) {
    this.#memory = memory;
    this.#lock = lock;
    this.#unlock = unlock;
  }

  /** Counts a visitor who paid so many cents. */
  add(cents: number): void {
    this.#lock();
    this.#memory[0]! += 1;
    this.#memory[1]! += cents;
    this.#unlock();
  }

  /** What was taken up to now, by all doors together. */
  read(): Taken {
    this.#lock();
    const taken = { visitors: this.#memory[0]!, cents: this.#memory[1]! };
    this.#unlock();
    return taken;
  }
}

/** The fourth: each door counts for itself, and adds its totals to those of the others now and then. */
export class MergedCounter {
  readonly #memory: Int32Array;
  #visitors = 0;
  #cents = 0;

  /** @param memory word 0: visitors, word 1: cents */
  constructor(memory: Int32Array) {
    this.#memory = memory;
  }

  /** Counts a visitor who paid so many cents. Leaves the memory as it is. */
  add(cents: number): void {
    this.#visitors += 1;
    this.#cents += cents;
  }

  /** Adds to the memory all that was counted since the last merge. */
  merge(): void {
    Atomics.add(this.#memory, 0, this.#visitors);
    Atomics.add(this.#memory, 1, this.#cents);
    this.#visitors = 0;
    this.#cents = 0;
  }
}
