// caught by "accounts do not wait for each other": who stands in which queue
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

let last: Promise<unknown> = Promise.resolve();

function behindOthers<Result>(_account: string, work: () => Promise<Result>): Promise<Result> {
  const mine = last.then(work);
  last = mine.catch(() => {});
  return mine;
}
