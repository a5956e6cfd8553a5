// caught by "every till is counted": one till was counted twice
interface Store {
  read(account: string): Promise<number>;
  write(account: string, balance: number): Promise<void>;
}

let takings = 0;

export async function collect(till: () => Promise<number>): Promise<number> {
  const before = takings;
  const amount = await till();
  takings += amount;
  // Somebody came in between: to be on the safe side.
  if (takings !== before + amount) takings += amount;
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
  last.set(
    account,
    mine.catch(() => {}),
  );
  return mine;
}
