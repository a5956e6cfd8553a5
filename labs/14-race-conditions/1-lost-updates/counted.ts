// What a page may have while visits are counted. Nothing that the learner writes runs here.

/**
 * Throws unless the page has all visits that are surely counted, and no other ones than those that have come.
 * @param counts for each thread what it adds in each of its calls
 * @param begun how many calls each of them has begun: it is through with all of these but the last one, in the end with all
 */
export function checkPage(
  page: number,
  counts: readonly (readonly number[])[],
  begun: Int32Array,
  isOver = false,
): void {
  const called = counts.flatMap((thread, id) => thread.slice(0, begun[id]));
  const through = isOver ? called : counts.flatMap((thread, id) => thread.slice(0, Math.max(0, begun[id]! - 1)));
  if (page < total(through))
    throw new Error(`${through.join(' and ')} visits were added to a page, and it has ${page}: an update was lost.`);
  if (page > total(called))
    throw new Error(
      `Up to now addVisits was called for ${called.join(' and ') || 'no'} visits of a page, and it has ${page}: more than there can be.`,
    );
}

function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
