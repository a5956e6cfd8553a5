// caught by "allowThreads takes the lock again, however the body ends": allowThreads did not return 7
interface Lock {
  acquire(): void;
  release(): void;
}

interface Step {
  readonly kind: 'compute' | 'wait' | 'native';
  readonly run: () => unknown;
}

export function allowThreads(lock: Lock, body: () => unknown): unknown {
  lock.release();
  try {
    body();
  } finally {
    lock.acquire();
  }
  return undefined;
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
