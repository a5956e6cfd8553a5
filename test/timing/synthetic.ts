// Numbers that look random and are the same in every run, and samples made of them.

/** Mulberry32: from 0 up to 1. */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Box and Muller. */
export function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** Ratios around `truth` as a shared machine gives them: mostly near, now and then far off, to either side. */
export function noisyRatios(truth: number, pairs: number, noise: number, random: () => number): number[] {
  return Array.from({ length: pairs }, () => {
    const isDisturbed = random() < 0.15;
    return truth * Math.exp(normal(random) * noise * (isDisturbed ? 8 : 1));
  });
}
