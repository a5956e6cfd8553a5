// As CPython does it: who gives the lock back while others wait sleeps until one of them has taken it.
const [taken, waiting, turns] = [0, 1, 2];

export class GlobalLock {
  readonly #memory: Int32Array;
  #isMine = false;

  constructor(memory: Int32Array) {
    this.#memory = memory;
  }

  acquire(): void {
    const memory = this.#memory;
    if (Atomics.exchange(memory, taken, 1) === 1) {
      Atomics.add(memory, waiting, 1);
      while (Atomics.exchange(memory, taken, 1) === 1) Atomics.wait(memory, taken, 1);
      Atomics.sub(memory, waiting, 1);
    }
    this.#isMine = true;
    Atomics.add(memory, turns, 1);
    Atomics.notify(memory, turns);
  }

  release(): void {
    if (!this.#isMine) throw new Error('this thread does not hold the lock');
    const memory = this.#memory;
    const before = Atomics.load(memory, turns);
    const isWaitedFor = Atomics.load(memory, waiting) > 0;
    this.#isMine = false;
    Atomics.store(memory, taken, 0);
    Atomics.notify(memory, taken, 1);
    if (isWaitedFor) while (Atomics.load(memory, turns) === before) Atomics.wait(memory, turns, before);
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
