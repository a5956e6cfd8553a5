// A map from two small numbers to a third, for the innermost loop of the search: open addressing in one typed array, no
// object and no text made for a look-up.

const empty = -1;

export class PairMap {
  #slots = new Int32Array(3 * 1024).fill(empty);
  #mask = 1023;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** @returns -1 when nothing was set */
  get(a: number, b: number): number {
    const slots = this.#slots;
    for (let at = hash(a, b) & this.#mask; ; at = (at + 1) & this.#mask) {
      const first = slots[3 * at];
      if (first === empty) return -1;
      if (first === a && slots[3 * at + 1] === b) return slots[3 * at + 2] ?? -1;
    }
  }

  /** @param a not negative */
  set(a: number, b: number, value: number): void {
    if (2 * this.#size > this.#mask) this.#grow();
    this.#put(a, b, value);
  }

  #put(a: number, b: number, value: number): void {
    const slots = this.#slots;
    let at = hash(a, b) & this.#mask;
    for (; slots[3 * at] !== empty; at = (at + 1) & this.#mask) {
      if (slots[3 * at] === a && slots[3 * at + 1] === b) {
        slots[3 * at + 2] = value;
        return;
      }
    }
    slots[3 * at] = a;
    slots[3 * at + 1] = b;
    slots[3 * at + 2] = value;
    this.#size += 1;
  }

  #grow(): void {
    const old = this.#slots;
    this.#mask = 2 * this.#mask + 1;
    this.#slots = new Int32Array(3 * (this.#mask + 1)).fill(empty);
    this.#size = 0;
    for (let at = 0; at < old.length; at += 3) {
      if (old[at] !== empty) this.#put(old[at] ?? 0, old[at + 1] ?? 0, old[at + 2] ?? 0);
    }
  }
}

function hash(a: number, b: number): number {
  let mixed = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d);
  return mixed ^ (mixed >>> 13);
}
