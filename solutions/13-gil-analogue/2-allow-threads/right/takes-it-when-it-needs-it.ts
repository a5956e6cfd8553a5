// Knows whether it holds the lock, takes it for the first step that computes, and uses allowThreads nowhere.
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
  let left = 0;
  let isHeld = false;
  const letGo = (): void => {
    if (isHeld) lock.release();
    isHeld = false;
  };
  const results = [];
  try {
    for (const { kind, run } of program) {
      if (kind !== 'compute' || left === 0) letGo();
      if (kind === 'compute' && !isHeld) {
        lock.acquire();
        isHeld = true;
        left = switchEvery;
      }
      if (kind === 'compute') left--;
      results.push(run());
    }
  } finally {
    letGo();
  }
  return results;
}
