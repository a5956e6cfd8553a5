// Spins a little before it sleeps, keeps its state in a closure, and lets the last bit say that somebody holds the lock.
export class GlobalLock {
  declare readonly acquire: () => void;
  declare readonly release: () => void;

  constructor(memory: Int32Array) {
    let held = 0;
    Object.assign(this, {
      acquire: () => {
        const mine = Atomics.add(memory, 2, 2);
        let looks = 3;
        for (let now = Atomics.load(memory, 3); now !== mine; now = Atomics.load(memory, 3))
          if (looks-- <= 0) Atomics.wait(memory, 3, now);
        held = mine | 1;
      },
      release: () => {
        if (!(held & 1)) throw new TypeError('nothing to give back');
        const next = held + 1;
        held = 0;
        Atomics.store(memory, 3, next);
        Atomics.notify(memory, 3, Infinity);
      },
    });
  }

  run<T>(body: () => T): T {
    const ways = [() => this.acquire(), body, () => this.release()] as const;
    ways[0]();
    try {
      return ways[1]();
    } finally {
      ways[2]();
    }
  }
}
