// caught by "who waits comes in before who comes back": all that thread 2 did was to wake somebody
// Who finds others in line steps aside, once, for a millisecond.
const [taken, waiting, aside] = [0, 1, 2];

export class GlobalLock {
  readonly #memory: Int32Array;
  #isMine = false;

  constructor(memory: Int32Array) {
    this.#memory = memory;
  }

  acquire(): void {
    const memory = this.#memory;
    if (Atomics.load(memory, waiting) > 0) Atomics.wait(memory, aside, 0, 1);
    Atomics.add(memory, waiting, 1);
    while (Atomics.exchange(memory, taken, 1) === 1) Atomics.wait(memory, taken, 1);
    Atomics.sub(memory, waiting, 1);
    this.#isMine = true;
  }

  release(): void {
    if (!this.#isMine) throw new Error('this thread does not hold the lock');
    this.#isMine = false;
    Atomics.store(this.#memory, taken, 0);
    Atomics.notify(this.#memory, taken);
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
