// caught by "two threads are never inside together": not yours
export class GlobalLock {
  readonly #memory: Int32Array;
  readonly #me: number;

  constructor(memory: Int32Array) {
    this.#memory = memory;
    this.#me = Atomics.add(memory, 0, 1) + 1;
  }

  /** Word 1: who holds the lock, or 0. Word 2: the next ticket. Word 3: whose turn it is. */
  acquire(): void {
    const ticket = Atomics.add(this.#memory, 2, 1);
    let turn = Atomics.load(this.#memory, 3);
    while (turn !== ticket) {
      Atomics.wait(this.#memory, 3, turn);
      turn = Atomics.load(this.#memory, 3);
    }
    Atomics.store(this.#memory, 1, this.#me);
  }

  release(): void {
    if (Atomics.load(this.#memory, 1) !== this.#me) throw new RangeError('not yours');
    Atomics.add(this.#memory, 3, 1);
    Atomics.notify(this.#memory, 3);
    Atomics.store(this.#memory, 1, 0);
  }

  run<T>(body: () => T): T {
    this.acquire();
    let result: T;
    try {
      result = body();
    } catch (error) {
      this.release();
      throw error;
    }
    this.release();
    return result;
  }
}
