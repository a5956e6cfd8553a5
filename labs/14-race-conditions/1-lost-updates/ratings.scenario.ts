// Two threads rate, with 2 and with 3 stars, and a third one reads. Half of the second rating beside the first looks like one
// with 5 stars: whoever reads until it looks plausible reads that.
import { i32 } from 'interleave/kit/scenario';
import { rate, readRatings } from './lab.ts';

const stars = [2, 3];
/** what can be there at any moment: nothing, one of the two, both */
const possible = ['0 ratings with 0 stars', '1 rating with 2 stars', '1 rating with 3 stars', '2 ratings with 5 stars'];

export const threads = 3;

export function setup() {
  // Nobody else gets begun, done and read.
  return { ratings: i32(2), begun: i32(2), done: i32(1), read: i32(2) };
}

export function thread(id: number, { ratings, begun, done, read }: Shared) {
  if (id < 2) {
    begun[id] = 1;
    rate(ratings, stars[id]!);
    Atomics.add(done, 0, 1);
    return;
  }
  const before = Atomics.load(done, 0);
  const got = readRatings(ratings);
  if (got.count < before)
    throw new Error(
      `${before} ratings had been given before the third thread began to read, and it read ${said(got.count, got.stars)}.`,
    );
  read[0] = got.count;
  read[1] = got.stars;
}

export function invariant({ begun, read }: Shared) {
  const [count, sum] = [read[0]!, read[1]!];
  // The stars are written last.
  if (sum === 0) return;
  if (!possible.includes(said(count, sum)))
    throw new Error(`2 stars and 3 stars were given, and ${said(count, sum)} were read: these do not belong together.`);
  const [two, three] = [sum !== 3, sum !== 2];
  if ((two && begun[0] === 0) || (three && begun[1] === 0))
    throw new Error(`${said(count, sum)} were read, and not all of these had been given.`);
}

export function final({ read }: Shared) {
  if (read[0] !== 0 && read[1] === 0)
    throw new Error(
      `2 stars and 3 stars were given, and ${said(read[0]!, 0)} were read: these do not belong together.`,
    );
}

function said(count: number, sum: number): string {
  return `${count} ${count === 1 ? 'rating' : 'ratings'} with ${sum} stars`;
}

type Shared = ReturnType<typeof setup>;
