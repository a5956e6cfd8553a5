// When enough was measured: pure. Looking after each pair would stop at the first lucky one, so the looks are few.
import { halfWidth, ratioEstimate } from './statistics.ts';

const firstLook = 15;
const looksEvery = 10;
/** An interval this narrow tells all that the procedure can tell. */
const narrowEnough = 0.03;

/** Whether this is a moment to look at all. */
export function isLook(pairs: number): boolean {
  return pairs >= firstLook && (pairs - firstLook) % looksEvery === 0;
}

/** Whether the ratio is known well enough. @param ratios of the pairs so far */
export function isKnown(ratios: readonly number[]): boolean {
  return isLook(ratios.length) && halfWidth(ratioEstimate(ratios)) < narrowEnough;
}
