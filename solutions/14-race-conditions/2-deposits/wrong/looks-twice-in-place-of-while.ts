// caught by "no deposit is lost": a deposit was lost
interface Store {
  read(account: string): Promise<number>;
  write(account: string, balance: number): Promise<void>;
}

const busy = new Map<string, Promise<void>>();
let takings = 0;

export async function collect(till: () => Promise<number>): Promise<number> {
  const amount = await till();
  takings += amount;
  return takings;
}

async function inTurn<Result>(account: string, work: () => Promise<Result>): Promise<Result> {
  if (busy.has(account)) await busy.get(account);
  // Somebody else may have been quicker.
  if (busy.has(account)) await busy.get(account);
  const { promise, resolve } = Promise.withResolvers<void>();
  busy.set(account, promise);
  try {
    return await work();
  } finally {
    busy.delete(account);
    resolve();
  }
}

export function deposit(store: Store, account: string, amount: number): Promise<void> {
  return inTurn(account, async () => {
    const balance = await store.read(account);
    await store.write(account, balance + amount);
  });
}

export function withdraw(store: Store, account: string, amount: number): Promise<boolean> {
  return inTurn(account, async () => {
    const balance = await store.read(account);
    if (balance < amount) return false;
    await store.write(account, balance - amount);
    return true;
  });
}
