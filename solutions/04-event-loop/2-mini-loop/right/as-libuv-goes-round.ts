// The round as libuv has it since version 1.45: timers once before the first round, and then at the end of each. Timers
// are kept as Node keeps them, by when they are due, in a Map whose lists never need sorting.
type Callback = () => void;
type Slot = Map<symbol, Callback>;

export class MiniLoop {
  now = 0;
  readonly ticks: Callback[] = [];
  readonly microtasks: Callback[] = [];
  readonly timers = new Map<number, Slot>();
  readonly reads = new Map<number, Slot>();
  immediates: Callback[] = [];

  readonly onError: (error: unknown) => void;

  constructor(onError: (error: unknown) => void) {
    this.onError = onError;
  }

  nextTick(fn: Callback): void {
    this.ticks.push(fn);
  }

  queueMicrotask(fn: Callback): void {
    this.microtasks.push(fn);
  }

  setTimeout(fn: Callback, ms: number): { at: number; key: symbol } {
    const at = this.now + Math.max(1, ms);
    return { at, key: put(this.timers, at, fn) };
  }

  clearTimeout({ at, key }: { at: number; key: symbol }): void {
    const slot = this.timers.get(at);
    slot?.delete(key);
    if (slot?.size === 0) this.timers.delete(at);
  }

  setImmediate(fn: Callback): void {
    this.immediates = [...this.immediates, fn];
  }

  read(ms: number, fn: Callback): void {
    put(this.reads, this.now + ms, fn);
  }

  block(ms: number): void {
    this.now += ms;
  }

  run(main: Callback): void {
    this.makeCallback(main);
    this.empty(this.timers);
    while (this.timers.size + this.reads.size + this.immediates.length > 0) {
      const wakeAt = Math.min(...this.timers.keys(), ...this.reads.keys());
      if (this.immediates.length === 0 && wakeAt > this.now && wakeAt < Infinity) this.now = wakeAt;
      this.empty(this.reads);
      const { immediates } = this;
      this.immediates = [];
      for (const fn of immediates) this.makeCallback(fn);
      this.empty(this.timers);
    }
  }

  empty(slots: Map<number, Slot>): void {
    const ready = [...slots.keys()].filter((at) => at <= this.now).sort((a, b) => a - b);
    for (const at of ready) {
      // A Map may lose entries while somebody walks through it, and then does not come to them.
      const slot = slots.get(at) ?? new Map<symbol, Callback>();
      for (const [key, fn] of slot) {
        slot.delete(key);
        this.makeCallback(fn);
      }
      if (slots.get(at) === slot) slots.delete(at);
    }
  }

  makeCallback(fn: Callback): void {
    const queue = [fn];
    do {
      for (let next = queue.shift(); next; next = this.ticks.shift()) this.guarded(next);
      for (let next = this.microtasks.shift(); next; next = this.microtasks.shift()) this.guarded(next);
      queue.push(...this.ticks.splice(0, 1));
    } while (queue.length > 0);
  }

  guarded(fn: Callback): void {
    try {
      fn();
    } catch (error) {
      this.onError(error);
    }
  }
}

function put(slots: Map<number, Slot>, at: number, fn: Callback): symbol {
  const key = Symbol();
  const slot = slots.get(at) ?? new Map<symbol, Callback>();
  slots.set(at, slot.set(key, fn));
  return key;
}
