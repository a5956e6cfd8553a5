// caught by "AtomicCounter loses nobody": and the counters say
export interface Taken {
  readonly visitors: number;
  readonly cents: number;
}

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
    for (const [word, more] of [
      [0, 1],
      [1, cents],
    ] as const)
      for (let attempt = 0; attempt < 3; attempt++) {
        const before = Atomics.load(this.#memory, word);
        if (Atomics.compareExchange(this.#memory, word, before, before + more) === before) break;
      }
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

  add(cents: number): void {
    this.#lock();
    this.#memory[0]! += 1;
    this.#memory[1]! += cents;
    this.#unlock();
  }

  read(): Taken {
    this.#lock();
    const taken = { visitors: this.#memory[0]!, cents: this.#memory[1]! };
    this.#unlock();
    return taken;
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
