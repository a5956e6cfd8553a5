// caught by "release by one who does not hold it is refused": it throws an Error before it changes anything
const [nextTicket, nowServing] = [0, 1];

export class GlobalLock {
  readonly #memory: Int32Array;
  #isMine = false;

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
    this.#isMine = true;
  }

  release(): void {
    const wasMine = this.#isMine;
    this.#isMine = false;
    Atomics.add(this.#memory, nowServing, 1);
    Atomics.notify(this.#memory, nowServing);
    if (!wasMine) throw new Error('this thread did not hold the lock');
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
