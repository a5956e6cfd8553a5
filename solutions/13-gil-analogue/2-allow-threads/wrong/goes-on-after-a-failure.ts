// caught by "a step that throws leaves the lock free": no step to run after the one that threw
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
  let failed = false;
  let failure: unknown;
  let sinceTaken = 0;
  lock.acquire();
  for (const { kind, run } of program) {
    try {
      if (kind === 'compute') {
        if (sinceTaken === switchEvery) {
          allowThreads(lock, () => {});
          sinceTaken = 0;
        }
        sinceTaken++;
        results.push(run());
      } else {
        sinceTaken = 0;
        results.push(allowThreads(lock, run));
      }
    } catch (error) {
      failed = true;
      failure = error;
    }
  }
  lock.release();
  if (failed) throw failure;
  return results;
}
