// caught by "no visit is lost": more than there can be
type Words = Int32Array<SharedArrayBuffer>;

export function addVisits(visits: Words, page: number, count: number): void {
  const before = Atomics.load(visits, page);
  Atomics.add(visits, page, count);
  if (Atomics.load(visits, page) !== before + count) Atomics.add(visits, page, count);
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
  Atomics.add(balances, to, amount);
  return true;
}

export function rate(ratings: Words, stars: number): void {
  Atomics.add(ratings, 0, (1 << 16) + stars);
}

export function readRatings(ratings: Words): { count: number; stars: number } {
  const both = Atomics.load(ratings, 0);
  return { count: both >>> 16, stars: both & 0xffff };
}
