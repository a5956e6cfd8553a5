// caught by "after so many steps the turn is handed on": why the thread let go there, although its slice was not over
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
  return program.map(({ kind, run }) => {
    if (kind !== 'compute') return run();
    lock.acquire();
    try {
      return run();
    } finally {
      lock.release();
    }
  });
}
