// Random numbers for drawing programs: the same for the same seed, on every machine and in every version of the course,
// and quick, for thousands of programs are drawn and thrown away. Nobody is kept from foreseeing them: kit/random.ts does that.
import { createHash } from 'node:crypto';
import type { Random } from '../kit/random.ts';

/** Small Fast Counting, 32 bits (Chris Doty-Humphrey, PractRand), from a state that looks nothing like its neighbour's. */
export function quickRandom(seed: string): Random {
  const state = createHash('sha256').update(seed).digest();
  let [a, b, c, counter] = [state.readInt32LE(0), state.readInt32LE(4), state.readInt32LE(8), state.readInt32LE(12)];
  const next = (): number => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  // Ranges here are a few dozen wide at the most: a remainder of 32 bits favours nobody that could be seen.
  const int = (low: number, high: number): number => low + (next() % (high - low + 1));
  return {
    int,
    shuffled(items) {
      const mixed = [...items];
      for (let last = mixed.length - 1; last > 0; last--) {
        const other = int(0, last);
        [mixed[last], mixed[other]] = [mixed[other] as (typeof mixed)[number], mixed[last] as (typeof mixed)[number]];
      }
      return mixed;
    },
  };
}
