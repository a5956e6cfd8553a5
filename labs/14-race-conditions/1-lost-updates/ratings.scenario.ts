// Two threads rate, with 2 and with 3 stars, and a third one reads. Half of the second rating beside the first looks like one
// with 5 stars: whoever reads until it looks plausible reads that.
import { i32 } from 'interleave/kit/scenario';
import { rate, readRatings } from './lab.ts';

const stars = [2, 3];
/** what can be there at any moment: nothing, one of the two, both */
const possible = ['0 ratings with 0 stars', '1 rating with 2 stars', '1 rating with 3 stars', '2 ratings with 5 stars'];

export const threads = 3;

export function setup() {
  // Nobody else gets done and read.
  return { ratings: i32(2), done: i32(1), read: i32(3) };
}

export function thread(id: number, { ratings, done, read }: Shared) {
  if (id < 2) {
    rate(ratings, stars[id]!);
    Atomics.add(done, 0, 1);
    return;
  }
  const before = Atomics.load(done, 0);
  const got = readRatings(ratings);
  read[0] = before;
  read[1] = got.count;
  read[2] = got.stars;
}

export function final({ read }: Shared) {
  const [done, count, sum] = [read[0]!, read[1]!, read[2]!];
  const got = `${count} ${count === 1 ? 'rating' : 'ratings'} with ${sum} stars`;
  if (!possible.includes(got))
    throw new Error(`2 stars and 3 stars were given, and ${got} were read: these do not belong together.`);
  if (count < done)
    throw new Error(`${done} ratings had been given before the third thread began to read, and it read ${got}.`);
}

type Shared = ReturnType<typeof setup>;
