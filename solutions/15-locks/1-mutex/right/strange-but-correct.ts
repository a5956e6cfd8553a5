// A body of its own for each method, disposables in place of finally, and an async generator for a queue.
export class Mutex {
  readonly #memory: Int32Array;

  constructor(memory: Int32Array) {
    this.#memory = memory;
  }

  lock = (): void => {
    let seen = Atomics.compareExchange(this.#memory, 3, 0, 1);
    for (; seen !== 0; seen = Atomics.compareExchange(this.#memory, 3, 0, 2)) {
      if (seen === 2 || Atomics.compareExchange(this.#memory, 3, 1, 2) !== 0) Atomics.wait(this.#memory, 3, 2);
    }
  };

  tryLock(): boolean {
    return !Atomics.compareExchange(this.#memory, 3, 0, 1);
  }

  unlock(): void {
    switch (Atomics.exchange(this.#memory, 3, 0)) {
      case 2:
        Atomics.notify(this.#memory, 3, 1);
    }
  }

  runExclusive<T>(body: () => T): T {
    this.lock();
    const error = { is: undefined as unknown };
    let isFailed = false;
    let result: T | undefined;
    try {
      result = body();
    } catch (thrown) {
      isFailed = true;
      error.is = thrown;
    }
    this.unlock();
    if (isFailed) throw error.is;
    return result as T;
  }
}

type Job = { body: () => unknown; resolve: (value: never) => void; reject: (error: unknown) => void };

export class AsyncMutex {
  readonly #runner: AsyncGenerator<void, void, Job>;

  constructor() {
    this.#runner = run();
    void this.#runner.next();
  }

  runExclusive<T>(body: () => T | Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      // A generator queues what it is sent while it is busy.
      void this.#runner.next({ body, resolve, reject });
    });
  }
}

async function* run(): AsyncGenerator<void, void, Job> {
  for (;;) {
    const { body, resolve, reject } = yield;
    try {
      resolve((await body()) as never);
    } catch (error) {
      reject(error);
    }
  }
}
