// Both words as one of 64 bits, atomics under the lock, a generator for a counter.
export class PlainCounter {
  readonly #memory: Int32Array;

  constructor(memory: Int32Array) {
    this.#memory = memory;
  }

  add(cents: number): void {
    this.#memory[0]! += 1;
    this.#memory[1]! += cents;
  }
}

export class AtomicCounter {
  readonly #both: BigInt64Array;

  constructor({ buffer, byteOffset }: Int32Array) {
    this.#both = new BigInt64Array(buffer, byteOffset, 1);
  }

  add(cents: number): void {
    // Visitors are the lower half where bytes are stored as almost everywhere; no half ever overflows.
    Atomics.add(this.#both, 0, 1n + (BigInt(cents) << 32n));
  }
}

export class LockedCounter {
  readonly #memory: Int32Array;
  readonly #lock: () => void;
  readonly #unlock: () => void;

  constructor(memory: Int32Array, lock: () => void, unlock: () => void) {
    this.#memory = memory;
    this.#lock = lock;
    this.#unlock = unlock;
  }

  add = (cents: number) =>
    this.#between(() => [Atomics.sub(this.#memory, 1, -cents), Atomics.sub(this.#memory, 0, -1)]);

  read() {
    const [cents, visitors] = this.#between(() => [1, 0].map((word) => Atomics.or(this.#memory, word, 0)));
    return { visitors, cents };
  }

  #between<T>(body: () => T): T {
    const [open, close] = [this.#lock, this.#unlock];
    open();
    const result = body();
    close();
    return result;
  }
}

export class MergedCounter {
  readonly #memory: Int32Array;

  constructor(memory: Int32Array) {
    this.#memory = memory;
  }

  #totals = [0, 0];

  add(cents: number): void {
    this.#totals = [this.#totals[0]! + 1, this.#totals[1]! + cents];
  }

  merge(): void {
    for (const [word, amount] of this.#totals.entries()) if (amount) Atomics.add(this.#memory, word, amount);
    this.#totals.fill(0);
  }
}
