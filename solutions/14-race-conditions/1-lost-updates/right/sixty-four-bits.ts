// Count and stars in 64 bits: a BigInt64Array over the same memory.
type Words = Int32Array<SharedArrayBuffer>;

interface Ratings {
  readonly count: number;
  readonly stars: number;
}

export function addVisits(visits: Words, page: number, count: number): void {
  Atomics.add(visits, page, count);
}

export function enterScore(best: Words, score: number): boolean {
  let before;
  do {
    before = Atomics.load(best, 0);
    if (before >= score) return false;
  } while (Atomics.compareExchange(best, 0, before, score) !== before);
  return true;
}

export function withdraw(balances: Words, account: number, amount: number): boolean {
  let before;
  do {
    before = Atomics.load(balances, account);
    if (before < amount) return false;
  } while (Atomics.compareExchange(balances, account, before, before - amount) !== before);
  return true;
}

export function transfer(balances: Words, from: number, to: number, amount: number): boolean {
  const isTaken = withdraw(balances, from, amount);
  if (isTaken) Atomics.add(balances, to, amount);
  return isTaken;
}

function wide(ratings: Words): BigInt64Array<SharedArrayBuffer> {
  return new BigInt64Array(ratings.buffer, ratings.byteOffset, 1);
}

export function rate(ratings: Words, stars: number): void {
  Atomics.add(wide(ratings), 0, (1n << 32n) + BigInt(stars));
}

export function readRatings(ratings: Words): Ratings {
  const both = Atomics.load(wide(ratings), 0);
  return { count: Number(both >> 32n), stars: Number(both & 0xffff_ffffn) };
}
