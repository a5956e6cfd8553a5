// caught by "a store that fails costs one call": those behind had done nothing wrong
interface Store {
  read(account: string): Promise<number>;
  write(account: string, balance: number): Promise<void>;
}

const last = new Map<string, Promise<unknown>>();
let takings = 0;

export async function collect(till: () => Promise<number>): Promise<number> {
  const amount = await till();
  takings += amount;
  return takings;
}

function inTurn<Result>(account: string, work: () => Promise<Result>): Promise<Result> {
  const mine = (last.get(account) ?? Promise.resolve()).then(work);
  last.set(
    account,
    mine.catch(() => {}),
  );
  return mine;
}

export function deposit(store: Store, account: string, amount: number): Promise<void> {
  return inTurn(account, async () => {
    const balance = await store.read(account);
    await store.write(account, balance + amount);
  });
}

export function withdraw(store: Store, account: string, amount: number): Promise<boolean> {
  const mine = (last.get(account) ?? Promise.resolve()).then(async () => {
    const balance = await store.read(account);
    if (balance < amount) return false;
    await store.write(account, balance - amount);
    return true;
  });
  last.set(account, mine);
  return mine;
}
