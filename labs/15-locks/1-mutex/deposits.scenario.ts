// Three tasks deposit into a store that answers when the explorer likes. Task 0 fails when it has read.
import type { Operations } from 'interleave/kit/scenario';
import { AsyncMutex } from './lab.ts';

export const tasks = 3;

export function setup(ops: Operations) {
  const store = { balance: 0 };
  return {
    store,
    mutex: undefined as AsyncMutex | undefined,
    read: ops.operation(() => store.balance),
    write: ops.operation((balance: number) => {
      store.balance = balance;
    }),
    came: [] as string[],
  };
}

export async function task(id: number, shared: Shared): Promise<void> {
  const { read, write, came } = shared;
  const mutex = (shared.mutex ??= new AsyncMutex());
  try {
    await mutex.runExclusive(async () => {
      came.push(`${id} in`);
      const balance = await read();
      if (id === 0) throw new RangeError('closed');
      await write(balance + 10);
      came.push(`${id} out`);
    });
  } catch {
    came.push(`${id} out`);
  }
}

export function final({ store, came }: Shared): void {
  if (store.balance !== 20)
    throw new Error(`Two tasks deposited 10 each, and the balance is ${store.balance}: ${came.join(', ')}.`);
}

type Shared = ReturnType<typeof setup>;
