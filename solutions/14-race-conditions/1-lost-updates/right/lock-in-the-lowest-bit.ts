// The lowest bit of the first word is a lock, the count stands above it, the stars in the second word. Whoever finds the
// bit set turns round and round until it is not.
type Words = Int32Array<SharedArrayBuffer>;

interface Ratings {
  readonly count: number;
  readonly stars: number;
}

/** @returns the count */
function lock(ratings: Words): number {
  for (;;) {
    const before = Atomics.or(ratings, 0, 1);
    if ((before & 1) === 0) return before >> 1;
  }
}

function unlock(ratings: Words, count: number): void {
  Atomics.store(ratings, 0, count << 1);
}

export function addVisits(visits: Words, page: number, count: number): void {
  Atomics.add(visits, page, count);
}

export function enterScore(best: Words, score: number): boolean {
  for (let before = Atomics.load(best, 0); before < score; before = Atomics.load(best, 0)) {
    if (Atomics.compareExchange(best, 0, before, score) === before) return true;
  }
  return false;
}

export function withdraw(balances: Words, account: number, amount: number): boolean {
  for (let before = Atomics.load(balances, account); before >= amount; before = Atomics.load(balances, account)) {
    if (Atomics.compareExchange(balances, account, before, before - amount) === before) return true;
  }
  return false;
}

export function transfer(balances: Words, from: number, to: number, amount: number): boolean {
  if (withdraw(balances, from, amount)) {
    Atomics.add(balances, to, amount);
    return true;
  }
  return false;
}

export function rate(ratings: Words, stars: number): void {
  const count = lock(ratings);
  // Plain accesses will do here: the lock puts them in an order.
  ratings[1]! += stars;
  unlock(ratings, count + 1);
}

export function readRatings(ratings: Words): Ratings {
  const count = lock(ratings);
  const stars = ratings[1]!;
  unlock(ratings, count);
  return { count, stars };
}
