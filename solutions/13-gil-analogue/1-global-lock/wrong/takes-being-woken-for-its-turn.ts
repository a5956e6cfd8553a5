// caught by "a thread that waits sleeps": Thread 1 was woken while thread 0 held the lock, and went in
// A word for each who waits, so nobody else is woken: it needs no loop, does it?
const words = [1, 2, 3] as const;

export class GlobalLock {
  readonly #memory: Int32Array;
  #mine: number | undefined;

  constructor(memory: Int32Array) {
    this.#memory = memory;
  }

  acquire(): void {
    const ticket = Atomics.add(this.#memory, 0, 1);
    const word = words[ticket % words.length] as number;
    const seen = Atomics.load(this.#memory, word);
    if (seen !== ticket) Atomics.wait(this.#memory, word, seen);
    this.#mine = ticket;
  }

  release(): void {
    if (this.#mine === undefined) throw new Error('this thread does not hold the lock');
    const next = this.#mine + 1;
    this.#mine = undefined;
    const word = words[next % words.length] as number;
    Atomics.store(this.#memory, word, next);
    Atomics.notify(this.#memory, word);
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
