// Random inputs for suites: unforeseeable to whoever does not hold the seed, the same again for whoever does.
import { createHmac } from 'node:crypto';

export interface Random {
  /** a whole number from `low` to `high`, both included; the range must be below 2^32 */
  int(low: number, high: number): number;
  /** the items in another order */
  shuffled<T>(items: readonly T[]): T[];
}

/**
 * HMAC-SHA-256 of a counter under the seed: numbers that a program has seen do not tell it the next ones.
 * @param stream names a sequence of its own, so that one test's numbers do not depend on another's
 */
export function randomFrom(seed: string, stream: string): Random {
  let counter = 0;
  // 48 bits, so that taking a remainder favours no number by more than 2^-16 of its share.
  const next = (): number => createHmac('sha256', seed).update(`${stream}\n${counter++}`).digest().readUIntBE(0, 6);
  const int = (low: number, high: number): number => low + (next() % (high - low + 1));
  return {
    int,
    shuffled(items) {
      const left = [...items];
      return items.map(() => left.splice(int(0, left.length - 1), 1)[0] as (typeof items)[number]);
    },
  };
}
