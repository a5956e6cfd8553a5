// Tickets again, but nobody is woken in vain: whoever waits sleeps on the bell of their own ticket.
const bells = [1, 2, 3] as const;

export class GlobalLock {
  readonly #memory: Int32Array;
  #mine: number | undefined;

  constructor(memory: Int32Array) {
    this.#memory = memory;
  }

  /** A bell holds the last ticket that it was rung for, counted from 1; with three bells it is the turn of that one. */
  acquire(): void {
    const ticket = Atomics.add(this.#memory, 0, 1);
    const bell = bells[ticket % bells.length] as number;
    // For ticket 0 nobody needs to ring.
    for (let rung = Atomics.load(this.#memory, bell); rung < ticket; rung = Atomics.load(this.#memory, bell))
      Atomics.wait(this.#memory, bell, rung);
    this.#mine = ticket;
  }

  release(): void {
    if (this.#mine === undefined) throw new Error('this thread does not hold the lock');
    const next = this.#mine + 1;
    this.#mine = undefined;
    const bell = bells[next % bells.length] as number;
    Atomics.store(this.#memory, bell, next);
    // More threads than bells share them.
    Atomics.notify(this.#memory, bell);
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
