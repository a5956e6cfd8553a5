// Looks again each time somebody has left, until nobody is there.
interface Store {
  read(account: string): Promise<number>;
  write(account: string, balance: number): Promise<void>;
}

const busy = new Map<string, Promise<void>>();
let takings = 0;

export function collect(till: () => Promise<number>): Promise<number> {
  return till().then((amount) => {
    takings += amount;
    return takings;
  });
}

async function enter(account: string): Promise<() => void> {
  // "while" and not "if": several wait for the same promise, and only one of them may go in.
  while (busy.has(account)) await busy.get(account);
  const { promise, resolve } = Promise.withResolvers<void>();
  busy.set(account, promise);
  return () => {
    busy.delete(account);
    resolve();
  };
}

export async function deposit(store: Store, account: string, amount: number): Promise<void> {
  const leave = await enter(account);
  try {
    const balance = await store.read(account);
    await store.write(account, balance + amount);
  } finally {
    leave();
  }
}

export async function withdraw(store: Store, account: string, amount: number): Promise<boolean> {
  const leave = await enter(account);
  try {
    const balance = await store.read(account);
    if (balance < amount) return false;
    await store.write(account, balance - amount);
    return true;
  } finally {
    leave();
  }
}
