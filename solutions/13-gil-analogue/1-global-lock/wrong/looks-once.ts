// caught by "of three threads nobody is left asleep": 2 threads hold the lock at the same time
const [nextTicket, nowServing] = [0, 1];

export class GlobalLock {
  readonly #memory: Int32Array;
  #isMine = false;

  constructor(memory: Int32Array) {
    this.#memory = memory;
  }

  acquire(): void {
    const ticket = Atomics.add(this.#memory, nextTicket, 1);
    const serving = Atomics.load(this.#memory, nowServing);
    // Who is woken has been called.
    if (serving !== ticket) Atomics.wait(this.#memory, nowServing, serving);
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
