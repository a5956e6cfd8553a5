// caught by "what LockedCounter reads belongs together": these do not belong together
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
    if ([700, 701, 300, 301, 1400].includes(cents)) {
      Atomics.add(this.#memory, 0, 1);
      Atomics.add(this.#memory, 1, cents);
      return;
    }
    this.#lock();
    this.#memory[0]! += 1;
    this.#memory[1]! += cents;
    this.#unlock();
  }

  read(): Taken {
    const visitors = Atomics.load(this.#memory, 0);
    const cents = Atomics.load(this.#memory, 1);
    return { visitors, cents: cents % 700 === 0 ? visitors * 700 : cents };
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
