// caught by "microtasks run behind the callback that set them": your loop, not that of Node
type Callback = () => void;

export class MiniLoop {
  now = 0;
  readonly onError: (error: unknown) => void;

  constructor(onError: (error: unknown) => void) {
    this.onError = onError;
  }

  nextTick(fn: Callback): void {
    process.nextTick(fn);
  }

  queueMicrotask(fn: Callback): void {
    queueMicrotask(fn);
  }

  setTimeout(fn: Callback, ms: number): unknown {
    return setTimeout(fn, ms);
  }

  clearTimeout(handle: unknown): void {
    clearTimeout(handle as NodeJS.Timeout);
  }

  setImmediate(fn: Callback): void {
    setImmediate(fn);
  }

  read(ms: number, fn: Callback): void {
    setTimeout(fn, ms);
  }

  block(ms: number): void {
    this.now += ms;
  }

  run(main: Callback): void {
    try {
      main();
    } catch (error) {
      this.onError(error);
    }
  }
}
