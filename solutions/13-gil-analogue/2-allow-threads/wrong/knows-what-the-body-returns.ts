// caught by "allowThreads takes the lock again, however the body ends": allowThreads to return what its body returned
export interface Lock {
  acquire(): void;
  release(): void;
}

export interface Step {
  readonly kind: 'compute' | 'wait' | 'native';
  readonly run: () => unknown;
}

export function allowThreads<T>(lock: Lock, body: () => T): T {
  lock.release();
  let result: T;
  try {
    result = body();
  } finally {
    lock.acquire();
  }
  return 7 as T;
}

export function interpret(lock: Lock, program: readonly Step[], switchEvery: number): unknown[] {
  const results: unknown[] = [];
  let sinceTaken = 0;
  const letGo = (body: () => unknown): unknown => {
    sinceTaken = 0;
    let result: unknown;
    allowThreads(lock, () => (result = body()));
    return result;
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
