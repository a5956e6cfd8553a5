// Functions that several threads call at the same time, on the same memory.

/** Adds `count` visits to a page. */
export function addVisits(visits: Int32Array<SharedArrayBuffer>, page: number, count: number): void {
  Atomics.add(visits, page, count);
}

/**
 * Enters a score: afterwards best[0] is the highest one.
 * @returns whether this call raised it
 */
export function enterScore(best: Int32Array<SharedArrayBuffer>, score: number): boolean {
  for (;;) {
    const before = Atomics.load(best, 0);
    if (score <= before) return false;
    if (Atomics.compareExchange(best, 0, before, score) === before) return true;
  }
}

/**
 * Takes `amount` out of an account, if there is as much.
 * @returns whether it did
 */
export function withdraw(balances: Int32Array<SharedArrayBuffer>, account: number, amount: number): boolean {
  for (;;) {
    const before = Atomics.load(balances, account);
    if (before < amount) return false;
    if (Atomics.compareExchange(balances, account, before, before - amount) === before) return true;
  }
}

/**
 * Moves `amount` from one account to another, if there is as much.
 * @returns whether it did
 */
export function transfer(balances: Int32Array<SharedArrayBuffer>, from: number, to: number, amount: number): boolean {
  // In this order: what nobody has taken yet cannot be given.
  if (!withdraw(balances, from, amount)) return false;
  Atomics.add(balances, to, amount);
  return true;
}

/** What was rated so far. */
export interface Ratings {
  readonly count: number;
  /** of all ratings together */
  readonly stars: number;
}

// Both numbers are in the first word, so that one step changes both: the count in the upper 16 bits, the stars in the
// lower ones. A thousand ratings of five stars are far from filling them.
const oneRating = 1 << 16;

/** Adds one rating of 1 to 5 stars. */
export function rate(ratings: Int32Array<SharedArrayBuffer>, stars: number): void {
  Atomics.add(ratings, 0, oneRating + stars);
}

/** All ratings so far. */
export function readRatings(ratings: Int32Array<SharedArrayBuffer>): Ratings {
  const both = Atomics.load(ratings, 0);
  return { count: both >>> 16, stars: both & 0xffff };
}
