// Hands on at the end of a slice and not before the next step, if it is a computing one that comes; a class with a counter, and results read backwards.
interface Lock {
  acquire(): void;
  release(): void;
}

interface Step {
  readonly kind: 'compute' | 'wait' | 'native';
  readonly run: () => unknown;
}

export function allowThreads<T>(lock: Lock, body: () => T): T {
  lock.release();
  try {
    return body();
  } finally {
    lock.acquire();
  }
}

class Slice {
  readonly #lock: Lock;
  readonly #length: number;
  #left: number;

  constructor(lock: Lock, length: number) {
    [this.#lock, this.#length, this.#left] = [lock, length, length];
  }

  outside<T>(body: () => T): T {
    this.#left = this.#length;
    return allowThreads(this.#lock, body);
  }

  inside<T>(body: () => T, isFollowed: boolean): T {
    const result = body();
    if (--this.#left === 0 && isFollowed) this.outside(() => null);
    return result;
  }
}

export function interpret(lock: Lock, program: readonly Step[], switchEvery: number): unknown[] {
  const slice = new Slice(lock, switchEvery);
  const backwards: unknown[] = [];
  const isComputing = (at: number): boolean => program[at]?.kind === 'compute';
  lock.acquire();
  try {
    for (const [at, { run }] of program.entries())
      backwards.unshift(isComputing(at) ? slice.inside(run, isComputing(at + 1)) : slice.outside(run));
  } finally {
    lock.release();
  }
  return backwards.toReversed();
}
