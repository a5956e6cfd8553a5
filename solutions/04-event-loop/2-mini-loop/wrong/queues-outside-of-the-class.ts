// caught by "a function may be set more than once": each loop has its own
type Callback = () => void;

/** A callback that is ready at a time: a timer when it is due, a read when its answer is there. */
interface Timed {
  readonly fn: Callback;
  readonly readyAt: number;
}

const ticks: Callback[] = [];
const microtasks: Callback[] = [];

export class MiniLoop {
  /** virtual milliseconds */
  now = 0;
  /** the earliest first */
  readonly #timers: Timed[] = [];
  /** the earliest first */
  readonly #reads: Timed[] = [];
  #immediates: Callback[] = [];
  readonly #onError: (error: unknown) => void;

  /** @param onError gets what a callback throws */
  constructor(onError: (error: unknown) => void) {
    this.#onError = onError;
  }

  nextTick(fn: Callback): void {
    ticks.push(fn);
  }

  queueMicrotask(fn: Callback): void {
    microtasks.push(fn);
  }

  /** @returns a handle for clearTimeout */
  setTimeout(fn: Callback, ms: number): unknown {
    const timer = { fn, readyAt: this.now + Math.max(1, ms) };
    insert(this.#timers, timer);
    return timer;
  }

  clearTimeout(handle: unknown): void {
    const index = this.#timers.findIndex((timer) => timer === handle);
    if (index !== -1) this.#timers.splice(index, 1);
  }

  setImmediate(fn: Callback): void {
    this.#immediates.push(fn);
  }

  /** A request to the outside, whose answer is there after so many milliseconds. */
  read(ms: number, fn: Callback): void {
    insert(this.#reads, { fn, readyAt: this.now + ms });
  }

  /** Stands for code that computes for so many milliseconds. */
  block(ms: number): void {
    this.now += ms;
  }

  /** Runs main and all that comes of it. */
  run(main: Callback): void {
    this.#turn(main);
    while (this.#timers.length + this.#reads.length + this.#immediates.length > 0) {
      this.#runTimers();
      this.#poll();
      this.#check();
    }
  }

  #runTimers(): void {
    const begin = this.now;
    // One by one: the next timer may be cleared by this one.
    for (let timer = this.#timers[0]; timer && timer.readyAt <= begin; timer = this.#timers[0]) {
      this.#timers.shift();
      this.#turn(timer.fn);
    }
  }

  #poll(): void {
    if (this.#immediates.length === 0) this.#jump();
    const firstLater = this.#reads.findIndex(({ readyAt }) => readyAt > this.now);
    const answered = this.#reads.splice(0, firstLater === -1 ? this.#reads.length : firstLater);
    for (const { fn } of answered) this.#turn(fn);
  }

  /** In place of waiting. */
  #jump(): void {
    const times = [this.#timers[0], this.#reads[0]].filter((next) => next !== undefined).map(({ readyAt }) => readyAt);
    if (times.length > 0) this.now = Math.max(this.now, Math.min(...times));
  }

  #check(): void {
    const immediates = this.#immediates;
    this.#immediates = [];
    for (const fn of immediates) this.#turn(fn);
  }

  /** A callback of a phase, and all that runs behind it before the next one. */
  #turn(fn: Callback): void {
    this.#call(fn);
    while (ticks.length + microtasks.length > 0) {
      for (let tick = ticks.shift(); tick; tick = ticks.shift()) this.#call(tick);
      for (let task = microtasks.shift(); task; task = microtasks.shift()) this.#call(task);
    }
  }

  #call(fn: Callback): void {
    try {
      fn();
    } catch (error) {
      this.#onError(error);
    }
  }
}

/** Behind all that is ready no later. */
function insert(list: Timed[], item: Timed): void {
  const place = list.findIndex(({ readyAt }) => readyAt > item.readyAt);
  list.splice(place === -1 ? list.length : place, 0, item);
}
