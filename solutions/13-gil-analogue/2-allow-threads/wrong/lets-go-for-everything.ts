// caught by "one computes at a time, in every order": 2 threads compute at the same time
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
        results.push(allowThreads(lock, run));
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
