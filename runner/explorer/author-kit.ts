// What the author of a scenario writes with: a small program whose interleavings the explorer tries. Run by itself it is
// ordinary code; where threads are explored, the explorer has its own in the place of what is here.

/** Memory that threads share: `length` integers of 32 bits, all zero, in a buffer of their own. */
export function i32(length: number): Int32Array<SharedArrayBuffer> {
  return new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT * length));
}

/**
 * In a loop of a thread: "from here on what I do hangs on these values (and on shared memory) alone, however I came here".
 * The explorer then takes two runs that come to the same checkpoint with the same values for one, and need not try the
 * whole loop in every order. What else the thread remembers is its author's promise: a wrong one hides failures.
 */
export function checkpoint(...values: readonly (number | string | boolean | bigint | null)[]): void {
  void values;
}

/** A scenario of threads: ordinary synchronous code over shared memory. */
export interface ThreadScenario<Shared> {
  readonly threads: number;
  /** plain data and views of SharedArrayBuffers; each thread gets the data as a copy of its own, and shares the memory */
  setup(): Shared;
  thread(id: number, shared: Shared): void;
  /** after each step; fails by throwing or by returning false */
  invariant?(shared: Shared): unknown;
  /** when all threads have ended; fails by throwing or by returning false */
  final?(shared: Shared): unknown;
}

/** What an async scenario builds its world from. */
export interface Operations {
  /**
   * An async function for the tasks. Calling it starts the operation; at a moment that the explorer chooses `effect` runs with
   * the same arguments, and the promise settles with what it returns or throws.
   */
  operation<Args extends unknown[], R>(effect: (...args: Args) => R): (...args: Args) => Promise<R>;
  /** settles in the order of virtual deadlines; no time passes */
  sleep(ms: number): Promise<void>;
}

/** A scenario of async tasks in one isolate. */
export interface AsyncScenario<Shared> {
  readonly tasks: number;
  setup(ops: Operations): Shared;
  task(id: number, shared: Shared): Promise<void>;
  invariant?(shared: Shared): unknown;
  final?(shared: Shared): unknown;
}
