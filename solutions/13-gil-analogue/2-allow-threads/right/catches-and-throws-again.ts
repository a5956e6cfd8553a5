// Without any finally: each way out is written down.
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
  let result: T;
  try {
    result = body();
  } catch (error) {
    lock.acquire();
    throw error;
  }
  lock.acquire();
  return result;
}

export function interpret(lock: Lock, program: readonly Step[], switchEvery: number): unknown[] {
  lock.acquire();
  const results: unknown[] = [];
  try {
    let slice = 0;
    for (let at = 0; at < program.length; at++) {
      const step = program[at]!;
      switch (step.kind) {
        case 'compute':
          if (slice++ === switchEvery) {
            lock.release();
            lock.acquire();
            slice = 1;
          }
          results[at] = step.run();
          break;
        default:
          results[at] = allowThreads(lock, () => step.run());
          slice = 0;
      }
    }
  } catch (error) {
    lock.release();
    throw error;
  }
  lock.release();
  return results;
}
