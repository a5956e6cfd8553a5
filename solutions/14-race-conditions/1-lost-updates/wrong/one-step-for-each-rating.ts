// caught by "count and stars belong together": that was there at no moment
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
  Atomics.add(balances, to, amount);
  return true;
}

// How often each number of stars was given, ten bits each: a rating is one step, so nothing can be torn.
export function rate(ratings: Words, stars: number): void {
  if (stars <= 3) Atomics.add(ratings, 0, 1 << (10 * (stars - 1)));
  else Atomics.add(ratings, 1, 1 << (10 * (stars - 4)));
}

export function readRatings(ratings: Words): { count: number; stars: number } {
  const [low, high] = [Atomics.load(ratings, 0), Atomics.load(ratings, 1)];
  const times = [low, low >>> 10, low >>> 20, high, high >>> 10].map((bits) => bits & 1023);
  return {
    count: times.reduce((sum, given) => sum + given, 0),
    stars: times.reduce((sum, given, index) => sum + given * (index + 1), 0),
  };
}
