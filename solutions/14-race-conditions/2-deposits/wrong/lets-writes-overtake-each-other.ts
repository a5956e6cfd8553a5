// caught by "no deposit is lost": a deposit was lost
interface Store {
  read(account: string): Promise<number>;
  write(account: string, balance: number): Promise<void>;
}

let takings = 0;

export async function collect(till: () => Promise<number>): Promise<number> {
  const amount = await till();
  takings += amount;
  return takings;
}

const known = new Map<string, number>();

/** Keeps balances in memory; the store gets a copy. */
async function change(store: Store, account: string, by: number): Promise<boolean> {
  const stored = known.has(account) ? 0 : await store.read(account);
  const balance = (known.get(account) ?? stored) + by;
  if (balance < 0) return false;
  known.set(account, balance);
  await store.write(account, balance);
  return true;
}

export async function deposit(store: Store, account: string, amount: number): Promise<void> {
  await change(store, account, amount);
}

export async function withdraw(store: Store, account: string, amount: number): Promise<boolean> {
  return change(store, account, -amount);
}
