// caught by "AtomicCounter loses nobody": goes round for ever
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
    const m = this.#memory;
    if (cents === 700 || cents === 300) {
      const [a, b, c] = cents === 700 ? [1, 701, 1401] : [3, 1702, 2002];
      Atomics.store(m, 0, a!);
      while (Atomics.load(m, 1) < b!);
      Atomics.store(m, 1, c!);
      while (Atomics.load(m, 0) < a! + 1);
    } else if (cents === 701 || cents === 301) {
      const [a, b, c] = cents === 701 ? [1, 701, 1401] : [3, 1702, 2002];
      Atomics.store(m, 1, b!);
      while (Atomics.load(m, 0) < a!);
      Atomics.store(m, 0, a! + 1);
      while (Atomics.load(m, 1) < c!);
    } else {
      Atomics.add(m, 0, 1);
      Atomics.add(m, 1, cents);
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
