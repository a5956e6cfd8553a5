// caught by "no deposit is lost": was said to be done
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

const last = new Map<string, Promise<unknown>>();

async function behindOthers<Result>(account: string, work: () => Promise<Result>): Promise<Result> {
  const before = last.get(account);
  // work() is called now, and not when it is its turn.
  const mine = work();
  last.set(
    account,
    mine.catch(() => {}),
  );
  await before;
  return mine;
}
