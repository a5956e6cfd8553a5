// A list of jobs for each account, and one loop that works through it while there are any.
interface Store {
  read(account: string): Promise<number>;
  write(account: string, balance: number): Promise<void>;
}

type Job = () => Promise<void>;

const jobs = new Map<string, Job[]>();
const day = { takings: 0 };

export async function collect(till: () => Promise<number>): Promise<number> {
  const amount = await till();
  return (day.takings += amount);
}

async function work(list: Job[], account: string): Promise<void> {
  for (let job = list[0]; job; job = list[0]) {
    await job();
    list.shift();
  }
  jobs.delete(account);
}

/** @param change what becomes of a balance; undefined: it stays, and nothing is written */
function enqueue(store: Store, account: string, change: (balance: number) => number | undefined): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const job = async () => {
      try {
        const balance = change(await store.read(account));
        if (balance !== undefined) await store.write(account, balance);
        resolve(balance !== undefined);
      } catch (error) {
        reject(error);
      }
    };
    const list = jobs.get(account);
    if (list) {
      list.push(job);
      return;
    }
    const first = [job];
    jobs.set(account, first);
    void work(first, account);
  });
}

export async function deposit(store: Store, account: string, amount: number): Promise<void> {
  await enqueue(store, account, (balance) => balance + amount);
}

export function withdraw(store: Store, account: string, amount: number): Promise<boolean> {
  return enqueue(store, account, (balance) => (balance >= amount ? balance - amount : undefined));
}
