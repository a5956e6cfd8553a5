// What is known of the time in a run. Nobody knows how long an operation takes, so there is no such number as "now"; but some
// things are known of two moments: a timer is due so long after it was set, whatever answered before another thing did so
// no later, and no timer that was due was passed over. Each is a bound on a difference, and the bounds that follow from
// them say whether a timer may be the next (timed automata: a zone as a matrix of difference bounds).

/** The moment that it is now, among the timers' numbers, which begin with 1. */
const now = 0;

export class Clock {
  /** `most(a, b)`: by how many milliseconds a comes after b at most; for each two of the moments that matter. */
  readonly #most = new Map<number, Map<number, number>>([[now, new Map([[now, 0]])]]);

  /** @param timer its number; it is due between `least` and `most` milliseconds from now */
  set(timer: number, least: number, most: number): void {
    const row = new Map<number, number>([[timer, 0]]);
    for (const [other, bounds] of this.#most) {
      row.set(other, this.#bound(now, other) + most);
      bounds.set(timer, this.#bound(other, now) - least);
    }
    this.#most.set(timer, row);
  }

  /** It is taken back, or was not set at all. */
  remove(timer: number): void {
    this.#most.delete(timer);
    for (const bounds of this.#most.values()) bounds.delete(timer);
  }

  /** An answer came: any time may have passed until then, but not so much that a timer was due before. */
  pass(): void {
    const bounds = this.#most.get(now);
    for (const other of this.#most.keys()) if (other !== now) bounds?.set(other, 0);
    this.#close();
  }

  /** @param isStanding no time passes: it has to be due now */
  mayBeNext(timer: number, isStanding: boolean): boolean {
    return [...this.#most.keys()].every((other) => (other === now && !isStanding) || this.#bound(other, timer) >= 0);
  }

  /** It is due, before all others: that is the time now. */
  fire(timer: number, isStanding: boolean): void {
    const bounds = this.#most.get(timer);
    for (const other of this.#most.keys())
      if (other !== now || isStanding) bounds?.set(other, Math.min(this.#bound(timer, other), 0));
    this.#close();
    // The moment that it was is of no matter any more.
    for (const other of this.#most.keys()) {
      if (other === now) continue;
      this.#most.get(now)?.set(other, this.#bound(timer, other));
      this.#most.get(other)?.set(now, this.#bound(other, timer));
    }
    this.#most.get(now)?.set(now, 0);
    this.remove(timer);
  }

  #bound(a: number, b: number): number {
    return this.#most.get(a)?.get(b) ?? Number.POSITIVE_INFINITY;
  }

  /** All bounds that follow from these (Floyd and Warshall). */
  #close(): void {
    const moments = [...this.#most.keys()];
    for (const via of moments)
      for (const a of moments)
        for (const b of moments) {
          const bound = this.#bound(a, via) + this.#bound(via, b);
          if (bound < this.#bound(a, b)) this.#most.get(a)?.set(b, bound);
        }
  }
}
