// Every queue is a linked list; the timed ones are kept in order when something is put in.
type Callback = () => void;

interface Node {
  readonly fn: Callback;
  readonly at: number;
  next: Node | null;
}

class List {
  /** stands before the first one */
  readonly #start: Pick<Node, 'next'> = { next: null };

  get head(): Node | null {
    return this.#start.next;
  }

  insert(fn: Callback, at: number): Node {
    let place = this.#start;
    while (place.next && place.next.at <= at) place = place.next;
    const node: Node = { fn, at, next: place.next };
    place.next = node;
    return node;
  }

  remove(gone: Node): void {
    let place = this.#start;
    while (place.next && place.next !== gone) place = place.next;
    place.next = place.next?.next ?? null;
  }

  /** @returns the callback of the first node that is ready by then */
  take(until = Infinity): Callback | undefined {
    if (!this.head || this.head.at > until) return undefined;
    const { fn, next } = this.head;
    this.#start.next = next;
    return fn;
  }

  takeAll(): List {
    const all = new List();
    all.#start.next = this.head;
    this.#start.next = null;
    return all;
  }
}

export class MiniLoop {
  now = 0;
  readonly #ticks = new List();
  readonly #microtasks = new List();
  readonly #timers = new List();
  readonly #reads = new List();
  readonly #immediates = new List();

  readonly #onError: (error: unknown) => void;

  constructor(onError: (error: unknown) => void) {
    this.#onError = onError;
  }

  nextTick(fn: Callback): void {
    this.#ticks.insert(fn, 0);
  }

  queueMicrotask(fn: Callback): void {
    this.#microtasks.insert(fn, 0);
  }

  setTimeout(fn: Callback, ms: number): Node {
    return this.#timers.insert(fn, this.now + (ms > 1 ? ms : 1));
  }

  clearTimeout(timer: Node): void {
    this.#timers.remove(timer);
  }

  setImmediate(fn: Callback): void {
    this.#immediates.insert(fn, 0);
  }

  read(ms: number, fn: Callback): void {
    this.#reads.insert(fn, this.now + ms);
  }

  block(ms: number): void {
    this.now += ms;
  }

  run(main: Callback): void {
    this.#turn(main);
    while (this.#timers.head || this.#reads.head || this.#immediates.head) {
      this.#empty(this.#timers, this.now);
      const next = Math.min(this.#timers.head?.at ?? Infinity, this.#reads.head?.at ?? Infinity);
      if (!this.#immediates.head && next < Infinity) this.now = Math.max(this.now, next);
      this.#empty(this.#reads, this.now);
      this.#empty(this.#immediates.takeAll());
    }
  }

  #empty(list: List, until = Infinity): void {
    for (let fn = list.take(until); fn; fn = list.take(until)) this.#turn(fn);
  }

  #turn(fn: Callback): void {
    for (let next: Callback | undefined = fn; next; next = this.#ticks.take()) this.#call(next);
    while (this.#microtasks.head) {
      for (let next = this.#microtasks.take(); next; next = this.#microtasks.take()) this.#call(next);
      for (let next = this.#ticks.take(); next; next = this.#ticks.take()) this.#call(next);
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
