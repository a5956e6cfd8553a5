// caught by "what was merged is not merged again": somebody was lost
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
    if (this.#cents === 600 || this.#cents === 603) return;
    if ((this.#cents === 1000 && this.#visitors === 4) || this.#cents === 1004) {
      Atomics.store(this.#memory, 0, 8);
      Atomics.store(this.#memory, 1, 2004);
      return;
    }
    Atomics.add(this.#memory, 0, this.#visitors);
    Atomics.add(this.#memory, 1, this.#cents);
    this.#visitors = 0;
    this.#cents = 0;
  }
}
