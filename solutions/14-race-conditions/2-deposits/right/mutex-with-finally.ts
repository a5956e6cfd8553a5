// A mutex for each account: a list of those who wait, and a lock that is handed on.
interface Store {
  read(account: string): Promise<number>;
  write(account: string, balance: number): Promise<void>;
}

class Mutex {
  #isLocked = false;
  readonly #waiting: (() => void)[] = [];

  async lock(): Promise<void> {
    if (!this.#isLocked) {
      this.#isLocked = true;
      return;
    }
    // Whoever unlocks hands the lock over without opening it.
    await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  unlock(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#isLocked = false;
  }
}

const mutexes: Record<string, Mutex> = {};
let takings = 0;

export async function collect(till: () => Promise<number>): Promise<number> {
  return (takings = (await till()) + takings);
}

export async function deposit(store: Store, account: string, amount: number): Promise<void> {
  const mutex = (mutexes[account] ??= new Mutex());
  await mutex.lock();
  try {
    await store.write(account, (await store.read(account)) + amount);
  } finally {
    mutex.unlock();
  }
}

export async function withdraw(store: Store, account: string, amount: number): Promise<boolean> {
  const mutex = (mutexes[account] ??= new Mutex());
  await mutex.lock();
  try {
    const left = (await store.read(account)) - amount;
    if (left >= 0) await store.write(account, left);
    return left >= 0;
  } finally {
    mutex.unlock();
  }
}
