// Calls itself in place of a loop.
type Words = Int32Array<SharedArrayBuffer>;
type Ratings = { count: number; stars: number };

const { add, compareExchange, load, sub } = Atomics;

export const addVisits = (visits: Words, page: number, count: number): void => void sub(visits, page, -count);

export const enterScore = (best: Words, score: number, before = load(best, 0)): boolean => {
  if (before >= score) return false;
  const found = compareExchange(best, 0, before, score);
  return found === before || enterScore(best, score, found);
};

export const withdraw = (balances: Words, account: number, amount: number): boolean => {
  const before = load(balances, account);
  if (before < amount) return false;
  return compareExchange(balances, account, before, before - amount) === before || withdraw(balances, account, amount);
};

export const transfer = (balances: Words, from: number, to: number, amount: number): boolean =>
  withdraw(balances, from, amount) && add(balances, to, amount) >= 0;

export const rate = (ratings: Words, stars: number): void => void add(ratings, 0, stars + 2 ** 16);

export const readRatings = (ratings: Words): Ratings => {
  const both = load(ratings, 0);
  const stars = both & 0xffff;
  return { stars, count: (both - stars) / 2 ** 16 };
};
