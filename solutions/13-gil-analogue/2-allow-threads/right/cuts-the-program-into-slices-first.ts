// Plans before it runs: slices that need the lock, and steps between them that do not.
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
  const slices: Step[][] = [];
  let open: Step[] | undefined;
  for (const step of program) {
    if (step.kind !== 'compute') open = undefined;
    if (step.kind !== 'compute') slices.push([step]);
    else if (open && open.length < switchEvery) open.push(step);
    else slices.push((open = [step]));
  }
  return slices.flatMap((slice) => {
    const runAll = () => slice.map(({ run }) => run());
    return slice[0]?.kind === 'compute' ? holding(lock, runAll) : runAll();
  });
}

function holding<T>(lock: Lock, body: () => T): T {
  lock.acquire();
  try {
    return body();
  } finally {
    lock.release();
  }
}
