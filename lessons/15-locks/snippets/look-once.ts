// Two threads take, one puts two items. The takers look once.
import { i32 } from 'interleave/kit/scenario';
import { ring, sleepOn } from './condition.module.ts';
import { lock, unlock } from './sleeping-lock.module.ts';

export const threads = 3;

export function setup() {
  return { word: i32(1), bell: i32(1), items: i32(1) };
}

export function thread(id: number, shared: Shared): void {
  if (id < 2) take(shared);
  else for (let item = 0; item < 2; item++) put(shared);
}

// #region take
function take({ word, bell, items }: Shared): void {
  lock(word);
  if (items[0] === 0) sleepOn(bell, word);
  items[0]! -= 1;
  unlock(word);
}
// #endregion

// #region put
function put({ word, bell, items }: Shared): void {
  lock(word);
  items[0]! += 1;
  unlock(word);
  ring(bell);
}
// #endregion

export function invariant({ items }: Shared): void {
  if (items[0]! < 0) throw new Error(`there are ${items[0]} items`);
}

type Shared = ReturnType<typeof setup>;
