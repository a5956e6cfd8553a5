// Each different value once, under a number: so that the search compares and stores numbers.

export class Interned<T> {
  readonly #values: T[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #key: (value: T) => string;

  /** @param key the same for values that are the same, and for no others */
  constructor(key: (value: T) => string) {
    this.#key = key;
  }

  get size(): number {
    return this.#values.length;
  }

  number(value: T): number {
    const key = this.#key(value);
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    this.#numbers.set(key, this.#values.length);
    return this.#values.push(value) - 1;
  }

  at(number: number): T {
    return this.#values[number] as T;
  }
}
