// The place in the queue is on a stack of disposables: it is given up at the end, however that comes.
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

async function inTurn<Result>(account: string, work: () => Promise<Result>): Promise<Result> {
  const place = new DisposableStack();
  try {
    const before = ends.get(account);
    ends.set(account, new Promise<void>((resolve) => place.defer(resolve)));
    await before;
    return await work();
  } finally {
    place.dispose();
  }
}

export async function deposit(store: Store, account: string, amount: number): Promise<void> {
  await inTurn(account, async () => store.write(account, amount + (await store.read(account))));
}

export async function withdraw(store: Store, account: string, amount: number): Promise<boolean> {
  return inTurn(account, async () => {
    const balance = await store.read(account);
    if (balance >= amount) await store.write(account, balance - amount);
    return balance >= amount;
  });
}
