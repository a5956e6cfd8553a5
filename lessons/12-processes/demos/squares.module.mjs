/** @returns the sum of the squares of 0 to count - 1 */
export function squares(count) {
  const all = Array.from({ length: count }, (_, number) => number ** 2);
  return all.reduce((sum, square) => sum + square, 0);
}
