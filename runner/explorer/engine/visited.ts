// A set of states.

export class Visited {
  #bits = new Uint8Array(4096);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  has(state: number): boolean {
    return ((this.#bits[state >>> 3] ?? 0) & (1 << (state & 7))) !== 0;
  }

  add(state: number): void {
    if (this.has(state)) return;
    if (state >>> 3 >= this.#bits.length) {
      const bits = new Uint8Array(2 * Math.max(this.#bits.length, (state >>> 3) + 1));
      bits.set(this.#bits);
      this.#bits = bits;
    }
    this.#bits[state >>> 3] = (this.#bits[state >>> 3] ?? 0) | (1 << (state & 7));
    this.#size += 1;
  }
}
