// caught by "after so many steps the turn is handed on": would have waited for itself
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
  const results: unknown[] = [];
  let sinceTaken = 0;
  lock.acquire();
  try {
    for (const { kind, run } of program) {
      if (kind === 'compute') {
        if (sinceTaken === switchEvery) {
          lock.acquire();
          lock.release();
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
