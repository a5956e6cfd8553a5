// A small lock of the plain kind keeps two counters together. It is held for a moment only, so nobody minds its order.
const [guard, drawn, served] = [0, 1, 2];

function guarded<T>(memory: Int32Array, look: () => T): T {
  while (Atomics.exchange(memory, guard, 1) === 1) Atomics.wait(memory, guard, 1);
  const seen = look();
  Atomics.store(memory, guard, 0);
  Atomics.notify(memory, guard, 1);
  return seen;
}

export class GlobalLock {
  readonly #memory: Int32Array;
  #holds: 'the lock' | 'nothing' = 'nothing';

  constructor(memory: Int32Array) {
    this.#memory = memory;
  }

  acquire(): void {
    const memory = this.#memory;
    const ticket = guarded(memory, () => memory[drawn]!++);
    let now: number;
    while ((now = Atomics.load(memory, served)) !== ticket) Atomics.wait(memory, served, now);
    this.#holds = 'the lock';
  }

  release(): void {
    if (this.#holds === 'nothing') throw new Error('this thread holds nothing');
    this.#holds = 'nothing';
    Atomics.add(this.#memory, served, 1);
    Atomics.notify(this.#memory, served);
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
