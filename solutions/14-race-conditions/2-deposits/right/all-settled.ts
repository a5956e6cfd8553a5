// Each call waits until the one before it has settled, in whatever way, and leaves its own promise for the next.
interface Store {
  read(account: string): Promise<number>;
  write(account: string, balance: number): Promise<void>;
}

const day = { takings: 0 };
const tails = Object.create(null) as Record<string, Promise<unknown>>;

export async function collect(till: () => Promise<number>): Promise<number> {
  const amount = await till();
  day.takings += amount;
  return day.takings;
}

async function settled(before: Promise<unknown> | undefined): Promise<void> {
  await Promise.allSettled([before]);
}

export function deposit(store: Store, account: string, amount: number): Promise<void> {
  const before = tails[account];
  const mine = (async () => {
    await settled(before);
    await store.write(account, amount + (await store.read(account)));
  })();
  tails[account] = mine;
  return mine;
}

export function withdraw(store: Store, account: string, amount: number): Promise<boolean> {
  const before = tails[account];
  const mine = (async () => {
    await settled(before);
    const balance = await store.read(account);
    const isEnough = amount <= balance;
    if (isEnough) await store.write(account, balance - amount);
    return isEnough;
  })();
  tails[account] = mine;
  return mine;
}
