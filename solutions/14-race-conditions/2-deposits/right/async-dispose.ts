// The place in the queue is a resource: "using" gives it up at the end of the block, however that ends.
interface Store {
  read(account: string): Promise<number>;
  write(account: string, balance: number): Promise<void>;
}

const ends = new Map<string, Promise<void>>();
let takings = 0;

export async function collect(till: () => Promise<number>): Promise<number> {
  return addUp(await till());
}

function addUp(amount: number): number {
  takings = takings + amount;
  return takings;
}

async function placeIn(account: string): Promise<Disposable> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const before = ends.get(account);
  ends.set(account, promise);
  await before;
  return { [Symbol.dispose]: resolve };
}

export async function deposit(store: Store, account: string, amount: number): Promise<void> {
  using place = await placeIn(account);
  void place;
  await store.write(account, amount + (await store.read(account)));
}

export async function withdraw(store: Store, account: string, amount: number): Promise<boolean> {
  using place = await placeIn(account);
  void place;
  const balance = await store.read(account);
  if (balance >= amount) await store.write(account, balance - amount);
  return balance >= amount;
}
