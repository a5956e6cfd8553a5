// A tiny interpreter whose threads take turns, as those of CPython do.

/** What the threads take turns with: one who waits has it before one who comes back. It belongs to all of them. */
export interface Lock {
  /** waits until it is this thread's turn */
  acquire(): void;
  /** hands the turn on; throws if this thread does not hold the lock */
  release(): void;
}

/** A step of a program. */
export interface Step {
  /** `compute` needs the interpreter. `wait` blocks, `native` computes in C: they touch nothing of the interpreter */
  readonly kind: 'compute' | 'wait' | 'native';
  readonly run: () => unknown;
}

/** Called by a thread that holds the lock: calls the body without it, and has it again afterwards. */
export function allowThreads<T>(lock: Lock, body: () => T): T {
  // The body is called, and the thread holds the lock afterwards. What is missing?
  void lock;
  return body();
}

/**
 * Runs a program in this thread, which does not hold the lock.
 * @param switchEvery after so many computing steps in a row, the others have their turn
 * @returns what the steps returned
 */
export function interpret(lock: Lock, program: readonly Step[], switchEvery: number): unknown[] {
  // No two threads are ever in here together. Is that good news?
  void switchEvery;
  lock.acquire();
  const results = program.map((step) => step.run());
  lock.release();
  return results;
}
