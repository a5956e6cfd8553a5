// How often a variant runs for one sample: pure. A clock and a scheduler leave too much of a short sample to chance.

/** No sample should be shorter, in milliseconds. */
export const shortestMs = 20;
/** With more than this the results alone would fill the memory. */
const mostRepeats = 100_000;
/** Of two that wait, the shorter runs up to this often: that halves the interval. */
const mostBalanced = 8;

/**
 * @param runMs what one run of each side took, in milliseconds
 * @param isBalanced whether the shorter side runs as long as the longer one, where a few runs suffice
 */
export function repeatsFor(runMs: readonly number[], isBalanced: boolean): number[] {
  const long = runMs.map((ms) => wholeRepeats(shortestMs / ms));
  if (!isBalanced) return long;
  const longestMs = Math.max(...runMs.map((ms, side) => ms * (long[side] ?? 1)));
  return runMs.map((ms, side) => Math.max(long[side] ?? 1, Math.min(mostBalanced, Math.floor(longestMs / ms))));
}

/** A time below the clock's resolution is 0: as often as can be. */
function wholeRepeats(wanted: number): number {
  return Math.min(mostRepeats, Math.max(1, Math.ceil(wanted)));
}
