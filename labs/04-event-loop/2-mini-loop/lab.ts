// An event loop on a clock of its own.

type Callback = () => void;

/** A callback, and when it may run at the earliest. */
interface Entry {
  readonly fn: Callback;
  readonly at: number;
}

export class MiniLoop {
  /** virtual milliseconds */
  now = 0;
  // One queue for everything, and whose time comes first is first. Is that what Node does?
  #queue: Entry[] = [];

  readonly onError: (error: unknown) => void;

  /** @param onError gets what a callback throws */
  constructor(onError: (error: unknown) => void) {
    this.onError = onError;
  }

  nextTick(fn: Callback): void {
    this.#add(fn, this.now);
  }

  queueMicrotask(fn: Callback): void {
    this.#add(fn, this.now);
  }

  /** @returns a handle for clearTimeout: what it is, is your choice */
  setTimeout(fn: Callback, ms: number): unknown {
    return this.#add(fn, this.now + ms);
  }

  clearTimeout(handle: unknown): void {
    this.#queue = this.#queue.filter((entry) => entry !== handle);
  }

  setImmediate(fn: Callback): void {
    this.#add(fn, this.now);
  }

  /** A request to the outside, whose answer is there after so many milliseconds. */
  read(ms: number, fn: Callback): void {
    this.#add(fn, this.now + ms);
  }

  /** Stands for code that computes for so many milliseconds. */
  block(ms: number): void {
    this.now += ms;
  }

  /** Runs main and all that comes of it. */
  run(main: Callback): void {
    main();
    for (let entry = this.#queue.shift(); entry; entry = this.#queue.shift()) {
      this.now = entry.at;
      entry.fn();
    }
  }

  #add(fn: Callback, at: number): Entry {
    const entry = { fn, at };
    this.#queue.push(entry);
    this.#queue.sort((a, b) => a.at - b.at);
    return entry;
  }
}
