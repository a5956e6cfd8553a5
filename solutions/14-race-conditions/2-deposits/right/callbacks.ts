// No async and no await: callbacks, as in the days before them.
interface Store {
  read(account: string): Promise<number>;
  write(account: string, balance: number): Promise<void>;
}

type Leave = () => void;

const queues: Record<string, ((leave: Leave) => void)[]> = {};
let takings = 0;

export function collect(till: () => Promise<number>): Promise<number> {
  return new Promise((resolve, reject) => {
    till().then((amount) => {
      takings += amount;
      resolve(takings);
    }, reject);
  });
}

function next(account: string): void {
  const queue = queues[account]!;
  queue[0]?.(() => {
    queue.shift();
    next(account);
  });
}

function enter(account: string, work: (leave: Leave) => void): void {
  const queue = (queues[account] ??= []);
  if (queue.push(work) === 1) next(account);
}

export function deposit(store: Store, account: string, amount: number): Promise<void> {
  return change(store, account, amount).then(() => undefined);
}

export function withdraw(store: Store, account: string, amount: number): Promise<boolean> {
  return change(store, account, -amount);
}

function change(store: Store, account: string, by: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    enter(account, (leave) => {
      const fail = (error: Error) => {
        leave();
        reject(error);
      };
      store.read(account).then((balance) => {
        if (balance + by < 0) {
          leave();
          resolve(false);
          return;
        }
        store.write(account, balance + by).then(() => {
          leave();
          resolve(true);
        }, fail);
      }, fail);
    });
  });
}
