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
  const amount = await till();
  // From here on nobody can come in.
  takings += amount;
  return takings;
}

/** Adds to an account. Resolves when it is in the store. */
export function deposit(store: Store, account: string, amount: number): Promise<void> {
  return behindOthers(account, async () => {
    const balance = await store.read(account);
    await store.write(account, balance + amount);
  });
}

/**
 * Takes from an account, if there is as much.
 * @returns whether it did
 */
export function withdraw(store: Store, account: string, amount: number): Promise<boolean> {
  return behindOthers(account, async () => {
    const balance = await store.read(account);
    if (balance < amount) return false;
    await store.write(account, balance - amount);
    return true;
  });
}

/** The end of each account's queue: settles when everybody in it is through. Never rejects. */
const last = new Map<string, Promise<unknown>>();

/** Does `work` when all earlier work on this account is through, however that ended. */
function behindOthers<Result>(account: string, work: () => Promise<Result>): Promise<Result> {
  const mine = (last.get(account) ?? Promise.resolve()).then(work);
  const end = mine.then(leave, leave);
  last.set(account, end);
  return mine;

  function leave(): void {
    // An account where nobody waits needs no queue.
    if (last.get(account) === end) last.delete(account);
  }
}
