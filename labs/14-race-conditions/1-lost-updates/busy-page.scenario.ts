// One thread counts a visit, and another one counts four on the same page meanwhile: it may come in between each time.
import { i32 } from 'interleave/kit/scenario';
import { addVisits } from './lab.ts';

export const threads = 2;

export function setup() {
  return { visits: i32(1) };
}

export function thread(id: number, { visits }: Shared) {
  if (id === 0) addVisits(visits, 0, 3);
  else for (let visit = 0; visit < 4; visit += 1) addVisits(visits, 0, 1);
}

export function final({ visits }: Shared) {
  const page = visits[0]!;
  if (page < 7)
    throw new Error(`3 visits and four times 1 were added to a page, and it has ${page}: an update was lost.`);
  if (page > 7)
    throw new Error(`3 visits and four times 1 were added to a page, and it has ${page}: one was added twice.`);
}

type Shared = ReturnType<typeof setup>;
