// caught by "run gives the lock back however the body ends": run to return what its body returned
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
    if (!this.#isMine) throw new Error('this thread does not hold the lock');
    this.#isMine = false;
    Atomics.add(this.#memory, nowServing, 1);
    // All of them: only one has the right ticket, and nobody knows where it sleeps.
    Atomics.notify(this.#memory, nowServing);
  }

  run<T>(body: () => T): T {
    this.acquire();
    try {
      body();
      return 7 as T;
    } catch {
      throw new RangeError('no such page');
    } finally {
      this.release();
    }
  }
}
