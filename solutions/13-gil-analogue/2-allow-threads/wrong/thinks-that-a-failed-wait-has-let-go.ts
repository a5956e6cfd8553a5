// caught by "a step that throws leaves the lock free": every other thread would wait for ever
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
  for (const { kind, run } of program) {
    if (kind !== 'compute') {
      // Without the lock: if this throws, there is nothing to give back.
      results.push(allowThreads(lock, run));
      sinceTaken = 0;
      continue;
    }
    try {
      if (sinceTaken === switchEvery) {
        allowThreads(lock, () => {});
        sinceTaken = 0;
      }
      results.push(run());
      sinceTaken++;
    } catch (error) {
      lock.release();
      throw error;
    }
  }
  lock.release();
  return results;
}
