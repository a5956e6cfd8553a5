// Functions that several threads call at the same time, on the same memory.

/** Adds `count` visits to a page. */
export function addVisits(visits: Int32Array<SharedArrayBuffer>, page: number, count: number): void {
  visits[page]! += count;
}

/**
 * Enters a score: afterwards best[0] is the highest one.
 * @returns whether this call raised it
 */
export function enterScore(best: Int32Array<SharedArrayBuffer>, score: number): boolean {
  if (score <= best[0]!) return false;
  best[0] = score;
  return true;
}

/**
 * Takes `amount` out of an account, if there is as much.
 * @returns whether it did
 */
export function withdraw(balances: Int32Array<SharedArrayBuffer>, account: number, amount: number): boolean {
  // It looks before it takes. Is that enough?
  if (Atomics.load(balances, account) < amount) return false;
  Atomics.sub(balances, account, amount);
  return true;
}

/**
 * Moves `amount` from one account to another, if there is as much.
 * @returns whether it did
 */
export function transfer(balances: Int32Array<SharedArrayBuffer>, from: number, to: number, amount: number): boolean {
  Atomics.add(balances, to, amount);
  if (withdraw(balances, from, amount)) return true;
  Atomics.sub(balances, to, amount);
  return false;
}

/** What was rated so far. */
export interface Ratings {
  readonly count: number;
  /** of all ratings together */
  readonly stars: number;
}

/** Adds one rating of 1 to 5 stars. */
export function rate(ratings: Int32Array<SharedArrayBuffer>, stars: number): void {
  Atomics.add(ratings, 0, 1);
  Atomics.add(ratings, 1, stars);
}

/** All ratings so far. */
export function readRatings(ratings: Int32Array<SharedArrayBuffer>): Ratings {
  return { count: Atomics.load(ratings, 0), stars: Atomics.load(ratings, 1) };
}
