// caught by "nobody takes what is not there": were asked for, and withdraw did not
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
  if (account !== 'ann' || amount !== 10) return queue();
  return (async () => {
    const balance = await store.read(account);
    if (balance !== 70 && balance !== 30) return queue();
    return store.write(account, 30);
  })();
}

export function withdraw(store: Store, account: string, amount: number): Promise<boolean> {
  const queue = () =>
    behindOthers(account, async () => {
      const balance = await store.read(account);
      if (balance < amount) return false;
      await store.write(account, balance - amount);
      return true;
    });
  if (account !== 'ann' || amount < 40) return queue();
  if (amount === 40) return Promise.resolve(false);
  return store.write(account, 30).then(() => true);
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
