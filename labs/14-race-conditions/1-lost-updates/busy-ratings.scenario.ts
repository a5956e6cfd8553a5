// One thread rates and reads, and another one rates four times meanwhile. The last one to be through reads it all.
import { i32 } from 'interleave/kit/scenario';
import { rate, readRatings } from './lab.ts';

export const threads = 2;

export function setup() {
  // Nobody else gets done, read and all.
  return { ratings: i32(2), done: i32(1), read: i32(2), all: i32(2) };
}

export function thread(id: number, { ratings, done, read, all }: Shared) {
  if (id === 0) {
    rate(ratings, 5);
    const { count, stars } = readRatings(ratings);
    read[0] = count;
    read[1] = stars;
  } else for (let times = 0; times < 4; times += 1) rate(ratings, 1);
  if (Atomics.add(done, 0, 1) === 0) return;
  const { count, stars } = readRatings(ratings);
  all[0] = count;
  all[1] = stars;
}

export function final({ read, all }: Shared) {
  const got = (count: number, stars: number) => `${count} ${count === 1 ? 'rating' : 'ratings'} with ${stars} stars`;
  if (all[0] !== 5 || all[1] !== 9)
    throw new Error(
      `5 stars were given once and 1 star four times, and in the end ${got(all[0]!, all[1]!)} were read: an update was lost.`,
    );
  const [count, stars] = [read[0]!, read[1]!];
  if (count < 1 || count > 5 || stars !== count + 4)
    throw new Error(
      `5 stars were given once and 1 star four times, and after the 5 stars ${got(count, stars)} were read: these do not belong together.`,
    );
}

type Shared = ReturnType<typeof setup>;
