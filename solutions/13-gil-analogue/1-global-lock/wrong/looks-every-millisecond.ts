// caught by "a thread that waits sleeps": and thread 1 still slept: release had not woken it
// It sleeps between two looks, so nobody has to wake it, or so it seems.
const [nextTicket, nowServing, nobodyRings] = [0, 1, 2];

export class GlobalLock {
  readonly #memory: Int32Array;
  #isMine = false;

  constructor(memory: Int32Array) {
    this.#memory = memory;
  }

  acquire(): void {
    const ticket = Atomics.add(this.#memory, nextTicket, 1);
    while (Atomics.load(this.#memory, nowServing) !== ticket) Atomics.wait(this.#memory, nobodyRings, 0, 1);
    this.#isMine = true;
  }

  release(): void {
    if (!this.#isMine) throw new Error('this thread does not hold the lock');
    this.#isMine = false;
    Atomics.add(this.#memory, nowServing, 1);
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
