// caught by "who waits comes in before who comes back": has it again before thread 1 had it
const [present, handedOver] = [0, 1];

export class GlobalLock {
  readonly #memory: Int32Array;
  #isMine = false;

  constructor(memory: Int32Array) {
    this.#memory = memory;
  }

  acquire(): void {
    // Who finds somebody there has to be handed the lock.
    if (Atomics.add(this.#memory, present, 1) > 0)
      while (Atomics.compareExchange(this.#memory, handedOver, 1, 0) !== 1) Atomics.wait(this.#memory, handedOver, 0);
    this.#isMine = true;
  }

  release(): void {
    if (!this.#isMine) throw new Error('this thread does not hold the lock');
    this.#isMine = false;
    if (Atomics.sub(this.#memory, present, 1) === 1) return;
    Atomics.store(this.#memory, handedOver, 1);
    Atomics.notify(this.#memory, handedOver, 1);
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
