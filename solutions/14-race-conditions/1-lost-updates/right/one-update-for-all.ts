// One function knows the loop; the others say what becomes of a word.
type Words = Int32Array<SharedArrayBuffer>;

interface Ratings {
  readonly count: number;
  readonly stars: number;
}

/** @returns whether the word was changed: `change` may refuse with undefined */
function update(words: Words, index: number, change: (before: number) => number | undefined): boolean {
  let before = Atomics.load(words, index);
  for (;;) {
    const after = change(before);
    if (after === undefined) return false;
    const found = Atomics.compareExchange(words, index, before, after);
    if (found === before) return true;
    before = found;
  }
}

export function addVisits(visits: Words, page: number, count: number): void {
  update(visits, page, (before) => before + count);
}

export function enterScore(best: Words, score: number): boolean {
  return update(best, 0, (before) => (score > before ? score : undefined));
}

export function withdraw(balances: Words, account: number, amount: number): boolean {
  return update(balances, account, (before) => (before >= amount ? before - amount : undefined));
}

export function transfer(balances: Words, from: number, to: number, amount: number): boolean {
  return withdraw(balances, from, amount) && update(balances, to, (before) => before + amount);
}

export function rate(ratings: Words, stars: number): void {
  update(ratings, 1, (before) => before + stars * 1_024 + 1);
}

export function readRatings(ratings: Words): Ratings {
  const both = Atomics.load(ratings, 1);
  return { count: both % 1_024, stars: Math.floor(both / 1_024) };
}
