// The rules as generators: each phase yields the callbacks that are its own, and whoever pulls calls them.
type Callback = () => void;
type Timed = readonly [at: number, fn: Callback];

export class MiniLoop {
  now = 0;
  #ticks: Callback[] = [];
  #microtasks: Callback[] = [];
  #timers = new Set<Timed>();
  #reads = new Set<Timed>();
  #immediates = new Set<{ fn: Callback }>();
  readonly #onError: (error: unknown) => void;

  constructor(onError: (error: unknown) => void) {
    this.#onError = onError;
  }

  nextTick(fn: Callback) {
    this.#ticks.push(fn);
  }

  queueMicrotask(fn: Callback) {
    this.#microtasks.push(fn);
  }

  setTimeout(fn: Callback, ms: number): Timed {
    const timer = [this.now + Math.max(ms, 1), fn] as const;
    this.#timers.add(timer);
    return timer;
  }

  clearTimeout(timer: Timed) {
    this.#timers.delete(timer);
  }

  setImmediate(fn: Callback) {
    this.#immediates.add({ fn });
  }

  read(ms: number, fn: Callback) {
    this.#reads.add([this.now + ms, fn]);
  }

  block(ms: number) {
    this.now += ms;
  }

  run(main: Callback) {
    for (const fn of this.#everything(main)) {
      try {
        fn();
      } catch (error) {
        this.#onError(error);
      }
    }
  }

  *#everything(main: Callback): Generator<Callback> {
    for (const fn of this.#ofPhases(main)) {
      yield fn;
      yield* this.#behind();
    }
  }

  *#behind(): Generator<Callback> {
    yield* emptying(this.#ticks);
    if (this.#microtasks.length === 0) return;
    yield* emptying(this.#microtasks);
    yield* this.#behind();
  }

  *#ofPhases(main: Callback): Generator<Callback> {
    yield main;
    while (this.#timers.size > 0 || this.#reads.size > 0 || this.#immediates.size > 0) {
      yield* taking(this.#timers, this.now);
      if (this.#immediates.size === 0) {
        const [next] = [...earliestFirst(this.#timers), ...earliestFirst(this.#reads)]
          .map(([at]) => at)
          .sort((a, b) => a - b);
        if (next !== undefined && next > this.now) this.now = next;
      }
      yield* taking(this.#reads, this.now);
      // Those that are there now: a Set goes on to what is added meanwhile.
      for (const immediate of Array.from(this.#immediates)) {
        this.#immediates.delete(immediate);
        yield immediate.fn;
      }
    }
  }
}

function* emptying(queue: Callback[]): Generator<Callback> {
  while (queue.length > 0) yield queue.shift()!;
}

/** Those of the beginning that are still there when their turn comes. */
function* taking(all: Set<Timed>, until: number): Generator<Callback> {
  for (const timed of earliestFirst(all)) {
    if (timed[0] > until || !all.delete(timed)) continue;
    yield timed[1];
  }
}

/** A Set keeps the order of adding, and sort keeps the order of equals. */
const earliestFirst = (all: Set<Timed>): Timed[] => [...all].sort(([a], [b]) => a - b);
