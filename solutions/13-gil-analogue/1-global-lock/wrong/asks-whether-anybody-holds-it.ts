// caught by "release by one who does not hold it is refused": how a thread knows that it is the one
const [nextTicket, nowServing] = [0, 1];

export class GlobalLock {
  readonly #memory: Int32Array;

  constructor(memory: Int32Array) {
    this.#memory = memory;
  }

  acquire(): void {
    const ticket = Atomics.add(this.#memory, nextTicket, 1);
    for (;;) {
      const serving = Atomics.load(this.#memory, nowServing);
      if (serving === ticket) break;
      Atomics.wait(this.#memory, nowServing, serving);
    }
  }

  release(): void {
    const isHeld = Atomics.load(this.#memory, nextTicket) !== Atomics.load(this.#memory, nowServing);
    if (!isHeld) throw new Error('nobody holds the lock');
    Atomics.add(this.#memory, nowServing, 1);
    Atomics.notify(this.#memory, nowServing);
  }

  run<T>(body: () => T): T {
    this.acquire();
    try {
      return body();
    } finally {
      this.release();
    }
  }
}
