// Two threads count visits of the same page, twice each.
import { i32 } from 'interleave/kit/scenario';
import { addVisits } from './lab.ts';

const counts = [2, 3];

export const threads = 2;

export function setup() {
  return { visits: i32(2) };
}

export function thread(id: number, { visits }: Shared) {
  addVisits(visits, 1, counts[id]!);
  addVisits(visits, 1, 10);
}

export function final({ visits }: Shared) {
  const page = visits[1]!;
  const sum = `2, 10, 3 and 10 visits were added to a page, and it has ${page}`;
  if (page < 25) throw new Error(`${sum}: an update was lost.`);
  if (page > 25) throw new Error(`${sum}: one was added twice.`);
}

type Shared = ReturnType<typeof setup>;
