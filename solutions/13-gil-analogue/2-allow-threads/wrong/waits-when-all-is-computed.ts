// caught by "the steps run in order, and what they return comes back": to run once each, in order
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
  const results: unknown[] = Array.from({ length: program.length });
  const places = program.map((_, at) => at);
  const computing = places.filter((at) => program[at]?.kind === 'compute');
  lock.acquire();
  try {
    // All that needs the lock first, so that it is taken as seldom as can be.
    for (const [count, at] of computing.entries()) {
      if (count > 0 && count % switchEvery === 0) allowThreads(lock, () => {});
      results[at] = program[at]?.run();
    }
  } finally {
    lock.release();
  }
  for (const at of places) if (!computing.includes(at)) results[at] = program[at]?.run();
  return results;
}
