// A scenario: one thread writes a price and then says that it is there. The other one looks.
import { i32 } from 'interleave/kit/scenario';

export const threads = 2;

export function setup() {
  return { price: i32(1), isThere: i32(1), seen: i32(1) };
}

// #region thread
export function thread(id: number, { price, isThere, seen }: Shared) {
  if (id === 0) {
    price[0] = 42;
    isThere[0] = 1;
  } else if (isThere[0] === 1) {
    seen[0] = price[0]!;
  }
}

export function final({ seen }: Shared) {
  return seen[0] === 0 || seen[0] === 42;
}
// #endregion

type Shared = ReturnType<typeof setup>;
