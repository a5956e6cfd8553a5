// caught by "microtasks run behind the callback that set them": the word async
type Callback = () => void;

export class MiniLoop {
  now = 0;
  readonly ready: Callback[] = [];
  readonly timers: { fn: Callback; at: number }[] = [];
  readonly onError: (error: unknown) => void;

  constructor(onError: (error: unknown) => void) {
    this.onError = onError;
  }

  nextTick(fn: Callback): void {
    this.ready.unshift(fn);
  }

  queueMicrotask(fn: Callback): void {
    this.ready.push(fn);
  }

  setTimeout(fn: Callback, ms: number): unknown {
    return this.timers.push({ fn, at: this.now + ms });
  }

  clearTimeout(handle: unknown): void {
    this.timers.splice(Number(handle) - 1, 1);
  }

  setImmediate(fn: Callback): void {
    this.ready.push(fn);
  }

  read(ms: number, fn: Callback): void {
    this.setTimeout(fn, ms);
  }

  block(ms: number): void {
    this.now += ms;
  }

  async run(main: Callback): Promise<void> {
    main();
    for (let fn = this.ready.shift(); fn; fn = this.ready.shift()) {
      await Promise.resolve();
      fn();
    }
  }
}
