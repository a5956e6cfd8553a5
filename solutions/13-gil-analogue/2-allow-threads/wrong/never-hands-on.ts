// caught by "after so many steps the turn is handed on": before it gave the lock back
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

export function interpret(lock: Lock, program: readonly Step[], _switchEvery: number): unknown[] {
  const results: unknown[] = [];
  lock.acquire();
  try {
    for (const { kind, run } of program) {
      if (kind === 'compute') {
        results.push(run());
      } else {
        results.push(allowThreads(lock, run));
      }
    }
    return results;
  } finally {
    lock.release();
  }
}
