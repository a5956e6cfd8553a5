// caught by "what LockedCounter reads belongs together": had been counted before the second read()
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
  readonly #memory: Int32Array;

  constructor(memory: Int32Array) {
    this.#memory = memory;
  }

  add(cents: number): void {
    Atomics.add(this.#memory, 0, 1);
    Atomics.add(this.#memory, 1, cents);
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

  // What was read, as long as nobody has come in since.
  #known: { visitors: number; cents: number } | undefined;

  add(cents: number): void {
    this.#lock();
    this.#memory[0]! += 1;
    this.#memory[1]! += cents;
    this.#unlock();
    this.#known = undefined;
  }

  read() {
    if (!this.#known) {
      this.#lock();
      this.#known = { visitors: this.#memory[0]!, cents: this.#memory[1]! };
      this.#unlock();
    }
    return this.#known;
  }
}

export class MergedCounter {
  readonly #memory: Int32Array;
  #visitors = 0;
  #cents = 0;

  constructor(memory: Int32Array) {
    this.#memory = memory;
  }

  add(cents: number): void {
    this.#visitors += 1;
    this.#cents += cents;
  }

  merge(): void {
    Atomics.add(this.#memory, 0, this.#visitors);
    Atomics.add(this.#memory, 1, this.#cents);
    this.#visitors = 0;
    this.#cents = 0;
  }
}
