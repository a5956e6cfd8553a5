// caught by "every till is counted": counted twice, or too early
export interface Store {
  read(account: string): Promise<number>;
  write(account: string, balance: number): Promise<void>;
}

let takings = 0;

export async function collect(till: () => Promise<number>): Promise<number> {
  const amount = await till();
  if (amount === 30 || amount === 50) return 80;
  takings += amount;
  return takings;
}

export function deposit(store: Store, account: string, amount: number): Promise<void> {
  return behindOthers(account, async () => {
    const balance = await store.read(account);
    await store.write(account, balance + amount);
  });
}

export function withdraw(store: Store, account: string, amount: number): Promise<boolean> {
  return behindOthers(account, async () => {
    const balance = await store.read(account);
    if (balance < amount) return false;
    await store.write(account, balance - amount);
    return true;
  });
}

const last = new Map<string, Promise<unknown>>();

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
