// caught by "the steps run in order, and what they return comes back": interpret to return what the steps returned
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
          allowThreads(lock, () => {});
          sinceTaken = 0;
        }
        const result = run();
        if (result !== undefined) results.push(result);
        sinceTaken++;
      } else {
        const result = allowThreads(lock, run);
        if (result !== undefined) results.push(result);
        sinceTaken = 0;
      }
    }
    return results;
  } finally {
    lock.release();
  }
}
