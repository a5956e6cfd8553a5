// One thread rates with 1 star, with 4, and with 1 again, and another one reads meanwhile. Whoever keeps the one kind in one
// word and the other kind in the other reads a later rating without the one before.
import { i32 } from 'interleave/kit/scenario';
import { rate, readRatings } from './lab.ts';

const stars = [1, 4, 1];
/** what is there after none, one, two, three of them */
const possible = ['0 ratings with 0 stars', '1 rating with 1 star', '2 ratings with 5 stars', '3 ratings with 6 stars'];

export const threads = 2;

export function setup() {
  // Nobody else gets begun, how many ratings thread 0 has begun, and read.
  return { ratings: i32(2), begun: i32(1), read: i32(2) };
}

export function thread(id: number, { ratings, begun, read }: Shared) {
  if (id === 0) {
    for (const [index, given] of stars.entries()) {
      Atomics.store(begun, 0, index + 1);
      rate(ratings, given);
    }
    return;
  }
  const before = Atomics.load(begun, 0) - 1;
  const { count, stars: sum } = readRatings(ratings);
  if (count < before)
    throw new Error(`${before} ratings had been given before the other thread began to read, and it read ${count}.`);
  read[0] = count;
  read[1] = sum;
}

export function invariant({ begun, read }: Shared) {
  const [count, sum] = [read[0]!, read[1]!];
  // The stars are written last.
  if (sum === 0) return;
  const got = `${count} ${count === 1 ? 'rating' : 'ratings'} with ${sum} ${sum === 1 ? 'star' : 'stars'}`;
  if (!possible.includes(got))
    throw new Error(
      `1 star, 4 stars and 1 star were given one after the other, and another thread read ${got}: that was there at no moment.`,
    );
  if (count > begun[0]!) throw new Error(`${begun[0]} ratings have been given, and another thread read ${got}.`);
}

export function final({ read }: Shared) {
  if (read[0] !== 0 && read[1] === 0)
    throw new Error(
      `1 star, 4 stars and 1 star were given one after the other, and another thread read ${read[0]} without a star: that was there at no moment.`,
    );
}

type Shared = ReturnType<typeof setup>;
