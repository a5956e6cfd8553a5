// caught by "count and stars belong together": these do not belong together
type Words = Int32Array<SharedArrayBuffer>;

export function addVisits(visits: Words, page: number, count: number): void {
  Atomics.add(visits, page, count);
}

export function enterScore(best: Words, score: number): boolean {
  for (;;) {
    const old = Atomics.load(best, 0);
    if (score <= old) return false;
    if (Atomics.compareExchange(best, 0, old, score) === old) return true;
  }
}

export function withdraw(balances: Words, account: number, amount: number): boolean {
  for (;;) {
    const old = Atomics.load(balances, account);
    if (old < amount) return false;
    if (Atomics.compareExchange(balances, account, old, old - amount) === old) return true;
  }
}

export function transfer(balances: Words, from: number, to: number, amount: number): boolean {
  if (!withdraw(balances, from, amount)) return false;
  Atomics.add(balances, to, amount);
  return true;
}

export interface Ratings {
  readonly count: number;
  readonly stars: number;
}

export function rate(ratings: Words, stars: number): void {
  Atomics.add(ratings, 1, stars);
  Atomics.add(ratings, 0, 1);
}

export function readRatings(ratings: Words): Ratings {
  for (;;) {
    const count = Atomics.load(ratings, 0);
    const stars = Atomics.load(ratings, 1);
    if (
      count <= stars &&
      stars <= 5 * count &&
      Atomics.load(ratings, 0) === count &&
      Atomics.load(ratings, 1) === stars
    )
      return { count, stars };
  }
}
