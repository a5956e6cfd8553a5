// Recursion: run the first step, then interpret the rest with what is left of the slice.
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

export function interpret(lock: Lock, program: readonly Step[], switchEvery: number): unknown[] {
  const from = (at: number, left: number): unknown[] => {
    const step = program[at];
    if (!step) return [];
    if (step.kind !== 'compute') return [allowThreads(lock, step.run), ...from(at + 1, switchEvery)];
    if (left === 0) return (allowThreads(lock, () => {}), from(at, switchEvery));
    const result = step.run();
    return [result, ...from(at + 1, left - 1)];
  };
  lock.acquire();
  try {
    return from(0, switchEvery);
  } finally {
    lock.release();
  }
}
