// caught by "after so many steps the turn is handed on": by a new program, too
interface Lock {
  acquire(): void;
  release(): void;
}

interface Step {
  readonly kind: 'compute' | 'wait' | 'native';
  readonly run: () => unknown;
}

// Of the module, so of all programs that run in this thread.
let sinceTaken = 0;

export function allowThreads<T>(lock: Lock, body: () => T): T {
  lock.release();
  try {
    return body();
  } finally {
    lock.acquire();
    sinceTaken = 0;
  }
}

export function interpret(lock: Lock, program: readonly Step[], switchEvery: number): unknown[] {
  const results: unknown[] = [];
  lock.acquire();
  try {
    for (const { kind, run } of program) {
      if (kind !== 'compute') {
        results.push(allowThreads(lock, run));
        continue;
      }
      if (sinceTaken === switchEvery) allowThreads(lock, () => {});
      results.push(run());
      sinceTaken++;
    }
    return results;
  } finally {
    lock.release();
  }
}
