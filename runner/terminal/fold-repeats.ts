// Finds what comes again and again in a list: 1,000 equal elements in a row, or two that take turns 500 times. Pure; it knows
// nothing of what the elements are.

/** A stretch of the list: `size` elements, `times` in a row. */
export interface Repeat {
  readonly start: number;
  readonly size: number;
  readonly times: number;
}

export interface FoldOptions {
  /** how many elements may take turns */
  readonly longest: number;
  /** how many times something comes before it is called a repeat */
  readonly least: number;
}

/** @returns stretches that follow one another and hold the whole list; what does not repeat is one of its own, once */
export function foldRepeats(keys: readonly string[], { longest, least }: FoldOptions): Repeat[] {
  const repeats: Repeat[] = [];
  for (let start = 0; start < keys.length;) {
    let best: Repeat = { start, size: 1, times: 1 };
    for (let size = 1; size <= longest; size++) {
      const times = timesAt(keys, start, size);
      if (times >= least && times * size > best.times * best.size) best = { start, size, times };
    }
    repeats.push(best);
    start += best.size * best.times;
  }
  return repeats;
}

function timesAt(keys: readonly string[], start: number, size: number): number {
  let end = start + size;
  while (end < keys.length && keys[end] === keys[end - size]) end += 1;
  return Math.max(1, Math.floor((end - start) / size));
}
