// caught by "a thread that waits sleeps": a loop that asks does not
const [nextTicket, nowServing] = [0, 1];

export class GlobalLock {
  readonly #memory: Int32Array;
  #isMine = false;

  constructor(memory: Int32Array) {
    this.#memory = memory;
  }

  acquire(): void {
    const ticket = Atomics.add(this.#memory, nextTicket, 1);
    while (Atomics.load(this.#memory, nowServing) !== ticket);
    this.#isMine = true;
  }

  release(): void {
    if (!this.#isMine) throw new Error('this thread does not hold the lock');
    this.#isMine = false;
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
