// Methods that are async and never await anything have done all of their work when they return. The clock is a getter,
// a handle is a number, and a phase is a line in a table.
type Callback = () => void;
interface Waiting {
  readonly id: number;
  readonly at: number;
  readonly fn: Callback;
}

const earliestFirst = (a: Waiting, b: Waiting): number => a.at - b.at || a.id - b.id;

export class MiniLoop {
  #time = 0;
  #id = 0;
  #queues: Record<'tick' | 'microtask' | 'timer' | 'read' | 'immediate', Waiting[]> = {
    tick: [],
    microtask: [],
    timer: [],
    read: [],
    immediate: [],
  };
  readonly #report: (error: unknown) => void;

  constructor(report: (error: unknown) => void) {
    this.#report = report;
  }

  get now(): number {
    return this.#time;
  }

  nextTick = (fn: Callback): number => this.#put('tick', 0, fn);
  queueMicrotask = (fn: Callback): number => this.#put('microtask', 0, fn);
  setTimeout = (fn: Callback, ms: number): number => this.#put('timer', ms === 0 ? 1 : ms, fn);
  setImmediate = (fn: Callback): number => this.#put('immediate', 0, fn);
  read = (ms: number, fn: Callback): number => this.#put('read', ms, fn);
  block = (ms: number): number => (this.#time += ms);
  clearTimeout = (id: number): void => void (this.#queues.timer = this.#queues.timer.filter((one) => one.id !== id));

  async run(main: Callback): Promise<void> {
    this.#turn(main);
    const { timer, read, immediate } = this.#phases;
    for (let isLeft = true; isLeft;) {
      timer();
      read();
      immediate();
      isLeft = (['timer', 'read', 'immediate'] as const).some((name) => this.#queues[name].length > 0);
    }
  }

  #phases = {
    timer: (): void => {
      const begin = this.#time;
      while (this.#turn(this.#first('timer', begin)));
    },
    read: (): void => {
      const next = [...this.#queues.timer, ...this.#queues.read].sort(earliestFirst)[0];
      if (this.#queues.immediate.length === 0 && next && next.at > this.#time) this.#time = next.at;
      const poll = this.#time;
      while (this.#turn(this.#first('read', poll)));
    },
    immediate: (): void => {
      const last = this.#id;
      while (this.#queues.immediate.some(({ id }) => id <= last)) this.#turn(this.#first('immediate', Infinity));
    },
  };

  #put(queue: keyof MiniLoop['queueNames'], ms: number, fn: Callback): number {
    const waiting = { id: ++this.#id, at: queue === 'immediate' ? 0 : this.#time + ms, fn };
    this.#queues[queue].push(waiting);
    return waiting.id;
  }

  declare readonly queueNames: Record<'tick' | 'microtask' | 'timer' | 'read' | 'immediate', never>;

  #first(queue: 'timer' | 'read' | 'immediate', until: number): Callback | undefined {
    const [first] = this.#queues[queue].toSorted(earliestFirst);
    if (!first || first.at > until) return undefined;
    this.#queues[queue] = this.#queues[queue].filter((one) => one !== first);
    return first.fn;
  }

  #turn(fn: Callback | undefined): boolean {
    if (!fn) return false;
    const { tick, microtask } = this.#queues;
    this.#guard(fn);
    for (;;) {
      if (tick.length > 0) while (tick.length > 0) this.#guard(tick.shift()!.fn);
      else if (microtask.length > 0) while (microtask.length > 0) this.#guard(microtask.shift()!.fn);
      else return true;
    }
  }

  #guard(fn: Callback): void {
    try {
      fn();
    } catch (error) {
      this.#report(error);
    }
  }
}
