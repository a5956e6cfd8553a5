// What a board of the best score may say while scores are entered. Nothing that the learner writes runs here.

/** A score, and whether its call has begun and is through. */
export interface Entry {
  readonly score: number;
  readonly isBegun: boolean;
  readonly isThrough: boolean;
}

/**
 * Throws unless the board says a score that has been entered, and none that is below one that is in.
 * @param first what it said at first
 */
export function checkBoard(best: number, first: number, entries: readonly Entry[]): void {
  const begun = entries.filter(({ isBegun }) => isBegun).map(({ score }) => score);
  const most = Math.max(first, ...entries.filter(({ isThrough }) => isThrough).map(({ score }) => score));
  if (best < most) throw new Error(`The best score is ${best}, and ${most} was in before: the highest one was lost.`);
  if (best !== first && !begun.includes(best))
    throw new Error(`Up to now enterScore was called for ${begun.join(' and ')}, and the best score is ${best}.`);
}
