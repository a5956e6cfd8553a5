// caught by "microtasks run behind the callback that set them": behind each callback, main too
type Callback = () => void;
type Timed = { fn: Callback; at: number };

export class MiniLoop {
  now = 0;
  ticks: Callback[] = [];
  microtasks: Callback[] = [];
  timers: Timed[] = [];
  reads: Timed[] = [];
  immediates: Callback[] = [];
  onError: (error: unknown) => void;

  constructor(onError: (error: unknown) => void) {
    this.onError = onError;
  }

  nextTick(fn: Callback): void {
    this.ticks.push(fn);
  }

  queueMicrotask(fn: Callback): void {
    this.microtasks.push(fn);
  }

  setTimeout(fn: Callback, ms: number): Timed {
    const timer = { fn, at: this.now + Math.max(1, ms) };
    this.timers.push(timer);
    this.timers.sort((a, b) => a.at - b.at);
    return timer;
  }

  clearTimeout(timer: Timed): void {
    this.timers = this.timers.filter((other) => other !== timer);
  }

  setImmediate(fn: Callback): void {
    this.immediates.push(fn);
  }

  read(ms: number, fn: Callback): void {
    this.reads.push({ fn, at: this.now + ms });
    this.reads.sort((a, b) => a.at - b.at);
  }

  block(ms: number): void {
    this.now += ms;
  }

  run(main: Callback): void {
    this.call(main);
    while (this.timers.length + this.reads.length + this.immediates.length > 0) {
      this.runTimers();
      this.poll();
      this.check();
    }
  }

  runTimers(): void {
    const begin = this.now;
    while (this.timers[0] && this.timers[0].at <= begin) this.turn(this.timers.shift()!.fn);
  }

  poll(): void {
    if (this.immediates.length === 0) this.jump();
    const answered = this.reads.filter(({ at }) => at <= this.now);
    this.reads = this.reads.filter(({ at }) => at > this.now);
    for (const { fn } of answered) this.turn(fn);
  }

  jump(): void {
    const times = [...this.timers, ...this.reads].map(({ at }) => at);
    if (times.length > 0) this.now = Math.max(this.now, Math.min(...times));
  }

  check(): void {
    const immediates = this.immediates;
    this.immediates = [];
    for (const fn of immediates) this.turn(fn);
  }

  turn(fn: Callback): void {
    this.call(fn);
    this.drain();
  }

  drain(): void {
    while (this.ticks.length + this.microtasks.length > 0) {
      while (this.ticks.length > 0) this.call(this.ticks.shift()!);
      while (this.microtasks.length > 0) this.call(this.microtasks.shift()!);
    }
  }

  call(fn: Callback): void {
    try {
      fn();
    } catch (error) {
      this.onError(error);
    }
  }
}
