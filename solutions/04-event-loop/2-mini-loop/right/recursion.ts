// No loop in it: what comes next is a call behind a call, and the queues are values that are handed on.
type Callback = () => void;
type Timed = { readonly fn: Callback; readonly at: number };

export class MiniLoop {
  now = 0;
  private ticks: readonly Callback[] = [];
  private microtasks: readonly Callback[] = [];
  private timers: readonly Timed[] = [];
  private reads: readonly Timed[] = [];
  private immediates: readonly Callback[] = [];
  private readonly onError: (error: unknown) => void;

  constructor(onError: (error: unknown) => void) {
    this.onError = onError;
  }

  nextTick(fn: Callback): void {
    this.ticks = [...this.ticks, fn];
  }

  queueMicrotask(fn: Callback): void {
    this.microtasks = [...this.microtasks, fn];
  }

  setTimeout(fn: Callback, ms: number): Timed {
    const timer = { fn, at: this.now + Math.max(1, ms) };
    this.timers = [...this.timers, timer].sort((a, b) => a.at - b.at);
    return timer;
  }

  clearTimeout(timer: unknown): void {
    this.timers = this.timers.filter((other) => other !== timer);
  }

  setImmediate(fn: Callback): void {
    this.immediates = [...this.immediates, fn];
  }

  read(ms: number, fn: Callback): void {
    this.reads = [...this.reads, { fn, at: this.now + ms }].sort((a, b) => a.at - b.at);
  }

  block(ms: number): void {
    this.now += ms;
  }

  run(main: Callback): void {
    this.turn(main);
    this.round();
  }

  private round(): void {
    if (this.timers.length + this.reads.length + this.immediates.length === 0) return;
    this.runTimers(this.now);
    if (this.immediates.length === 0) {
      this.now =
        [...this.timers, ...this.reads].map(({ at }) => at).reduce(earlier, Infinity) > this.now
          ? this.next()
          : this.now;
    }
    const answered = this.reads.filter(({ at }) => at <= this.now);
    this.reads = this.reads.slice(answered.length);
    this.turns(answered.map(({ fn }) => fn));
    const { immediates } = this;
    this.immediates = [];
    this.turns(immediates);
    this.round();
  }

  private next(): number {
    const next = [...this.timers, ...this.reads].map(({ at }) => at).reduce(earlier, Infinity);
    return next === Infinity ? this.now : next;
  }

  private runTimers(begin: number): void {
    const [first, ...others] = this.timers;
    if (!first || first.at > begin) return;
    this.timers = others;
    this.turn(first.fn);
    this.runTimers(begin);
  }

  private turns([first, ...others]: readonly Callback[]): void {
    if (!first) return;
    this.turn(first);
    this.turns(others);
  }

  private turn(fn: Callback): void {
    this.call(fn);
    this.behind('ticks');
  }

  private behind(queue: 'ticks' | 'microtasks'): void {
    const [first, ...others] = this[queue];
    if (first) {
      this[queue] = others;
      this.call(first);
      this.behind(queue);
    } else if (queue === 'ticks' && this.microtasks.length > 0) this.behind('microtasks');
    else if (queue === 'microtasks' && this.ticks.length > 0) this.behind('ticks');
  }

  private call(fn: Callback): void {
    try {
      fn();
    } catch (error) {
      this.onError(error);
    }
  }
}

const earlier = (a: number, b: number): number => Math.min(a, b);
