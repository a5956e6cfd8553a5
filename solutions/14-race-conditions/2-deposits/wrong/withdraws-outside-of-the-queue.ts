// caught by "nobody takes what is not there": There were 70, a deposit of 10
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

export async function withdraw(store: Store, account: string, amount: number): Promise<boolean> {
  const balance = await store.read(account);
  if (balance < amount) return false;
  await store.write(account, balance - amount);
  return true;
}

const last = new Map<string, Promise<unknown>>();

function behindOthers<Result>(account: string, work: () => Promise<Result>): Promise<Result> {
  const mine = (last.get(account) ?? Promise.resolve()).then(work);
  last.set(
    account,
    mine.catch(() => {}),
  );
  return mine;
}
