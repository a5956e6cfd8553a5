// caught by "release by one who does not hold it is refused": had never taken the lock: no Error was thrown
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
