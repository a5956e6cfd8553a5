// Ways to states, each one step longer than another: rows of numbers, for there are millions of them.
import type { Move } from './state-space.ts';

const kinds = ['operation', 'expiry', 'drain'] as const;
const width = 4;

export class Ways {
  #rows = new Int32Array(width * 1024);
  #count = 0;

  /**
   * @param last the thread that did the last step that counts as its turn; -1: nobody
   * @param parent the way without the last step; -1: there is none
   * @returns its number
   */
  add(state: number, last: number, parent: number, move: Move | undefined): number {
    if (this.#rows.length < (this.#count + 1) * width) {
      const rows = new Int32Array(2 * this.#rows.length);
      rows.set(this.#rows);
      this.#rows = rows;
    }
    const at = this.#count * width;
    this.#rows[at] = state;
    this.#rows[at + 1] = last;
    this.#rows[at + 2] = parent;
    this.#rows[at + 3] = move ? move.thread * kinds.length + kinds.indexOf(move.kind) : -1;
    this.#count += 1;
    return this.#count - 1;
  }

  state(way: number): number {
    return this.#rows[way * width] ?? 0;
  }

  last(way: number): number {
    return this.#rows[way * width + 1] ?? -1;
  }

  /** The steps of a way, from the beginning. */
  moves(way: number): Move[] {
    const moves: Move[] = [];
    for (let at = way; ; at = this.#rows[at * width + 2] ?? -1) {
      const code = this.#rows[at * width + 3] ?? -1;
      if (code < 0) return moves.toReversed();
      moves.push({ thread: Math.floor(code / kinds.length), kind: kinds[code % kinds.length] ?? 'operation' });
    }
  }
}
