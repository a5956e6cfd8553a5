// A class around a word, generators for the attempts, and a word that is emptied while somebody is at work.
class Word {
  readonly #words: Int32Array<SharedArrayBuffer>;
  readonly #index: number;

  constructor(words: Int32Array<SharedArrayBuffer>, index: number) {
    this.#words = words;
    this.#index = index;
  }

  get value(): number {
    return Atomics.load(this.#words, this.#index);
  }

  isReplaced(before: number, after: number): boolean {
    return Atomics.compareExchange(this.#words, this.#index, before, after) === before;
  }

  add(amount: number): void {
    Atomics.add(this.#words, this.#index, amount);
  }

  *looks(): Generator<number, never> {
    for (;;) yield this.value;
  }
}

export function addVisits(visits: Int32Array<SharedArrayBuffer>, page: number, count: number): void {
  new Word(visits, page).add(count);
}

export function enterScore(best: Int32Array<SharedArrayBuffer>, score: number): boolean {
  const word = new Word(best, 0);
  for (const before of word.looks()) {
    if (before >= score) return false;
    if (word.isReplaced(before, score)) return true;
  }
  return false;
}

export function withdraw(balances: Int32Array<SharedArrayBuffer>, account: number, amount: number): boolean {
  const word = new Word(balances, account);
  for (const before of word.looks()) {
    if (before < amount) return false;
    if (word.isReplaced(before, before - amount)) return true;
  }
  return false;
}

export function transfer(balances: Int32Array<SharedArrayBuffer>, from: number, to: number, amount: number): boolean {
  if (!withdraw(balances, from, amount)) return false;
  try {
    return true;
  } finally {
    new Word(balances, to).add(amount);
  }
}

/** In the first word while nobody is at work. */
const isFree = 0;
const isTaken = -1;

/** Runs `work` while nobody else does. */
function alone<Result>(ratings: Int32Array<SharedArrayBuffer>, work: () => Result): Result {
  const word = new Word(ratings, 0);
  while (!word.isReplaced(isFree, isTaken));
  try {
    return work();
  } finally {
    Atomics.store(ratings, 0, isFree);
  }
}

export function rate(ratings: Int32Array<SharedArrayBuffer>, stars: number): void {
  alone(ratings, () => (ratings[1] = ratings[1]! + stars * 2_000 + 1));
}

export function readRatings(ratings: Int32Array<SharedArrayBuffer>): { count: number; stars: number } {
  const both = alone(ratings, () => ratings[1]!);
  return { count: both % 2_000, stars: Math.trunc(both / 2_000) };
}
