// Timers and reads in binary heaps. A cleared timer stays in its heap and is thrown away when it comes to the top.
type Callback = () => void;

interface Timed {
  fn: Callback | undefined;
  readonly at: number;
  readonly order: number;
}

class Heap {
  readonly #items: Timed[] = [];

  push(item: Timed): void {
    const items = this.#items;
    let index = items.push(item) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (isBefore(items[parent]!, item)) break;
      items[index] = items[parent]!;
      index = parent;
    }
    items[index] = item;
  }

  get first(): Timed | undefined {
    while (this.#items[0] && !this.#items[0].fn) this.shift();
    return this.#items[0];
  }

  shift(): Timed | undefined {
    const items = this.#items;
    const top = items[0];
    const last = items.pop();
    if (!last || last === top) return top;
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      if (child >= items.length) break;
      if (child + 1 < items.length && isBefore(items[child + 1]!, items[child]!)) child += 1;
      if (isBefore(last, items[child]!)) break;
      items[index] = items[child]!;
      index = child;
    }
    items[index] = last;
    return top;
  }
}

const isBefore = (a: Timed, b: Timed): boolean => a.at < b.at || (a.at === b.at && a.order < b.order);

export class MiniLoop {
  now = 0;
  #order = 0;
  readonly #behind: [Callback[], Callback[]] = [[], []];
  readonly #timers = new Heap();
  readonly #reads = new Heap();
  #immediates: Callback[] = [];

  readonly #onError: (error: unknown) => void;

  constructor(onError: (error: unknown) => void) {
    this.#onError = onError;
  }

  nextTick = (fn: Callback) => this.#behind[0].push(fn);
  queueMicrotask = (fn: Callback) => this.#behind[1].push(fn);
  setImmediate = (fn: Callback) => this.#immediates.push(fn);
  read = (ms: number, fn: Callback) => this.#reads.push({ fn, at: this.now + ms, order: this.#order++ });
  block = (ms: number) => (this.now += ms);

  setTimeout(fn: Callback, ms: number): Timed {
    const timer = { fn, at: this.now + (ms || 1), order: this.#order++ };
    this.#timers.push(timer);
    return timer;
  }

  clearTimeout(timer: Timed): void {
    timer.fn = undefined;
  }

  run(main: Callback): void {
    this.#turn(main);
    while (this.#timers.first || this.#reads.first || this.#immediates.length > 0) {
      this.#takeUntil(this.#timers, this.now);
      const next = Math.min(this.#timers.first?.at ?? Infinity, this.#reads.first?.at ?? Infinity);
      if (this.#immediates.length === 0 && next !== Infinity && next > this.now) this.now = next;
      this.#takeUntil(this.#reads, this.now);
      const immediates = this.#immediates.splice(0);
      immediates.forEach((fn) => this.#turn(fn));
    }
  }

  #takeUntil(heap: Heap, time: number): void {
    // What is set meanwhile is later than that: a timer by 1 ms at least, a read likewise.
    for (let next = heap.first; next && next.at <= time; next = heap.first) {
      heap.shift();
      const { fn } = next;
      next.fn = undefined;
      this.#turn(fn!);
    }
  }

  #turn(fn: Callback): void {
    const [ticks, microtasks] = this.#behind;
    this.#call(fn);
    for (let queue = ticks; ticks.length + microtasks.length > 0; queue = queue === ticks ? microtasks : ticks)
      while (queue.length > 0) this.#call(queue.shift()!);
  }

  #call(fn: Callback): void {
    try {
      fn();
    } catch (error) {
      this.#onError(error);
    }
  }
}
