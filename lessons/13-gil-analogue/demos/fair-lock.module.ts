// The lock that let-go.ts and convoy.ts work under: who waits has it before who comes back, as with CPython's. Lab 13.1 is to
// write one, so here it is for a lesson's demos only, and without any care for mistakes.

/** Word 0: the next ticket. Word 1: whose turn it is. */
export function acquire(memory: Int32Array): void {
  const ticket = Atomics.add(memory, 0, 1);
  for (let turn = 0; (turn = Atomics.load(memory, 1)) !== ticket;) Atomics.wait(memory, 1, turn);
}

export function release(memory: Int32Array): void {
  Atomics.add(memory, 1, 1);
  Atomics.notify(memory, 1);
}

/** Runs the body without the lock, and takes it again. */
export function allowThreads<T>(memory: Int32Array, body: () => T): T {
  release(memory);
  try {
    return body();
  } finally {
    acquire(memory);
  }
}
