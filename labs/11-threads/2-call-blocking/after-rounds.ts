// The number that `hold` of library.ts comes to, without its work. It knows nothing of threads.

/** What the function computes step by step, by a short cut: two steps of `x -> a x + c` are one with another a and c. */
export function afterRounds(seed: number, rounds: number): number {
  let [value, factor, term] = [seed, 1_664_525, 1_013_904_223];
  for (let left = rounds; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) value = (Math.imul(value, factor) + term) | 0;
    term = (Math.imul(factor, term) + term) | 0;
    factor = Math.imul(factor, factor);
  }
  return value;
}
