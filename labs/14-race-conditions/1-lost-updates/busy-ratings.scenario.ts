// One thread rates and reads, and another one rates four times meanwhile, once as the first one does. The last one to be
// through reads it all.
import { i32 } from 'interleave/kit/scenario';
import { rate, readRatings } from './lab.ts';

/** what thread 1 gives; thread 0 gives 5 stars */
const stars = [5, 1, 1, 1];

export const threads = 2;

export function setup() {
  // Nobody else gets begun, how many ratings thread 1 has begun, done, read and all.
  return { ratings: i32(2), begun: i32(1), done: i32(1), read: i32(2), all: i32(2) };
}

export function thread(id: number, { ratings, begun, done, read, all }: Shared) {
  if (id === 0) {
    rate(ratings, 5);
    const before = Atomics.load(begun, 0) - 1;
    const { count, stars: sum } = readRatings(ratings);
    if (count < 1 + before)
      throw new Error(`${1 + before} ratings had been given, and ${said(count, sum)} were read: an update was lost.`);
    read[0] = count;
    read[1] = sum;
  } else
    for (const [index, given] of stars.entries()) {
      Atomics.store(begun, 0, index + 1);
      rate(ratings, given);
    }
  if (Atomics.add(done, 0, 1) === 0) return;
  const { count, stars: sum } = readRatings(ratings);
  all[0] = count;
  all[1] = sum;
}

export function invariant({ begun, read }: Shared) {
  const [count, sum] = [read[0]!, read[1]!];
  // The stars are written last.
  if (sum === 0) return;
  const others = stars.slice(0, Math.max(0, count - 1));
  if (count > 1 + stars.length || sum !== 5 + others.reduce((all, given) => all + given, 0))
    throw new Error(
      `5 stars were given by one thread, and ${stars.join(', ')} by another one, and after the first 5 stars ${said(count, sum)} were read: an update was lost, or these do not belong together.`,
    );
  if (others.length > begun[0]!) throw new Error(`${said(count, sum)} were read, and not all of these had been given.`);
}

export function final({ read, all }: Shared) {
  if (all[0] !== 5 || all[1] !== 13)
    throw new Error(
      `5 stars were given twice and 1 star three times, and in the end ${said(all[0]!, all[1]!)} were read: an update was lost.`,
    );
  if (read[1] === 0)
    throw new Error(`5 stars had been given, and then ${said(read[0]!, 0)} were read: these do not belong together.`);
}

function said(count: number, sum: number): string {
  return `${count} ${count === 1 ? 'rating' : 'ratings'} with ${sum} stars`;
}

type Shared = ReturnType<typeof setup>;
