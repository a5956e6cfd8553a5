// Whether a row of steps goes round in a circle.

/**
 * @param leastRounds a circle counts as one when it was gone round so often
 * @returns how long the circle is that all of the items go round in, or undefined
 */
export function periodOf(items: readonly string[], leastRounds = 10): number | undefined {
  for (let period = 1; period * leastRounds <= items.length; period += 1) {
    if (items.every((item, at) => at < period || item === items[at - period])) return period;
  }
  return undefined;
}
