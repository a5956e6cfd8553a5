// caught by "a transfer neither makes money nor loses it": transfer did not return true
type Words = Int32Array<SharedArrayBuffer>;

export function addVisits(visits: Words, page: number, count: number): void {
  Atomics.add(visits, page, count);
}

export function enterScore(best: Words, score: number): boolean {
  for (;;) {
    const before = Atomics.load(best, 0);
    if (score <= before) return false;
    if (Atomics.compareExchange(best, 0, before, score) === before) return true;
  }
}

export function withdraw(balances: Words, account: number, amount: number): boolean {
  for (;;) {
    const before = Atomics.load(balances, account);
    if (before < amount) return false;
    if (Atomics.compareExchange(balances, account, before, before - amount) === before) return true;
  }
}

export function transfer(balances: Words, from: number, to: number, amount: number): boolean {
  if (!withdraw(balances, from, amount)) return false;
  for (let attempt = 0; attempt < 3; attempt++) {
    const before = Atomics.load(balances, to);
    if (Atomics.compareExchange(balances, to, before, before + amount) === before) return true;
  }
  return false;
}

export function rate(ratings: Words, stars: number): void {
  Atomics.add(ratings, 0, (1 << 16) + stars);
}

export function readRatings(ratings: Words): { count: number; stars: number } {
  const both = Atomics.load(ratings, 0);
  return { count: both >>> 16, stars: both & 0xffff };
}
