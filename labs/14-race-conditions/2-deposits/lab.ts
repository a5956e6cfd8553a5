// A bank with one thread, a slow store, and calls that come at the same time.

/** Where the balances are kept. */
export interface Store {
  /** promises the balance of an account */
  read(account: string): Promise<number>;
  /** promises that the balance has been written */
  write(account: string, balance: number): Promise<void>;
}

/** What all tills have brought today. */
let takings = 0;

/**
 * Adds what is in a till to the day's takings.
 * @returns the takings afterwards
 */
export async function collect(till: () => Promise<number>): Promise<number> {
  takings += await till();
  return takings;
}

/** Adds to an account. Resolves when it is in the store. */
export async function deposit(store: Store, account: string, amount: number): Promise<void> {
  const balance = await store.read(account);
  await store.write(account, balance + amount);
}

/**
 * Takes from an account, if there is as much.
 * @returns whether it did
 */
export async function withdraw(store: Store, account: string, amount: number): Promise<boolean> {
  const balance = await store.read(account);
  if (balance < amount) return false;
  await store.write(account, balance - amount);
  return true;
}
