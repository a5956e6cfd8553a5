// caught by "allowThreads takes the lock again, however the body ends": the thread still held the lock
interface Lock {
  acquire(): void;
  release(): void;
}

interface Step {
  readonly kind: 'compute' | 'wait' | 'native';
  readonly run: () => unknown;
}

export function allowThreads<T>(lock: Lock, body: () => T): T {
  try {
    return body();
  } finally {
    // Whoever waits has the lock now, and then it is ours again.
    lock.release();
    lock.acquire();
  }
}

export function interpret(lock: Lock, program: readonly Step[], switchEvery: number): unknown[] {
  const results: unknown[] = [];
  let sinceTaken = 0;
  lock.acquire();
  try {
    for (const { kind, run } of program) {
      if (kind === 'compute') {
        if (sinceTaken === switchEvery) {
          allowThreads(lock, () => {});
          sinceTaken = 0;
        }
        results.push(run());
        sinceTaken++;
      } else {
        results.push(allowThreads(lock, run));
        sinceTaken = 0;
      }
    }
    return results;
  } finally {
    lock.release();
  }
}
