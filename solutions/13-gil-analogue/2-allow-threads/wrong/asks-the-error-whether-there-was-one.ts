// caught by "allowThreads takes the lock again, however the body ends": The body threw 0, and allowThreads did not throw it
interface Lock {
  acquire(): void;
  release(): void;
}

interface Step {
  readonly kind: 'compute' | 'wait' | 'native';
  readonly run: () => unknown;
}

export function allowThreads<T>(lock: Lock, body: () => T): T {
  let result: T | undefined;
  let failure: unknown;
  lock.release();
  try {
    result = body();
  } catch (error) {
    failure = error;
  }
  lock.acquire();
  if (failure) throw failure;
  return result as T;
}

export function interpret(lock: Lock, program: readonly Step[], switchEvery: number): unknown[] {
  const results: unknown[] = [];
  let sinceTaken = 0;
  const letGo = (body: () => unknown): unknown => {
    sinceTaken = 0;
    return allowThreads(lock, body);
  };
  lock.acquire();
  try {
    for (const { kind, run } of program) {
      if (kind !== 'compute') {
        results.push(letGo(run));
        continue;
      }
      if (sinceTaken === switchEvery) letGo(() => {});
      results.push(run());
      sinceTaken++;
    }
    return results;
  } finally {
    lock.release();
  }
}
