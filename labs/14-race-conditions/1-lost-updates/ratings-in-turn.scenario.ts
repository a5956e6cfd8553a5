// One thread rates with 1 star, with 4, and with 1 again, and another one reads meanwhile. Whoever keeps the one kind in one
// word and the other kind in the other reads a later rating without the one before.
import { i32 } from 'interleave/kit/scenario';
import { rate, readRatings } from './lab.ts';

const stars = [1, 4, 1];
/** what is there after none, one, two, three of them */
const possible = ['0 ratings with 0 stars', '1 rating with 1 star', '2 ratings with 5 stars', '3 ratings with 6 stars'];

export const threads = 2;

export function setup() {
  // Nobody else gets read.
  return { ratings: i32(2), read: i32(2) };
}

export function thread(id: number, { ratings, read }: Shared) {
  if (id === 0) {
    for (const given of stars) rate(ratings, given);
    return;
  }
  const { count, stars: sum } = readRatings(ratings);
  read[0] = count;
  read[1] = sum;
}

export function final({ read }: Shared) {
  const [count, sum] = [read[0]!, read[1]!];
  const got = `${count} ${count === 1 ? 'rating' : 'ratings'} with ${sum} ${sum === 1 ? 'star' : 'stars'}`;
  if (!possible.includes(got))
    throw new Error(
      `1 star, 4 stars and 1 star were given one after the other, and another thread read ${got}: that was there at no moment.`,
    );
}

type Shared = ReturnType<typeof setup>;
