// What a lock costs that nobody else wants: a million increments in one thread, in three ways.
import { demo } from 'interleave/kit/demo';
import { lock, unlock } from '../snippets/lock.module.ts';

const increments = 1_000_000;

export default demo({
  title: 'A million increments in one thread',
  setup: () => ({ word: shared(), count: shared() }),
  variants: {
    plain: ({ count }) => {
      count[0] = 0;
      for (let i = 0; i < increments; i++) count[0] += 1;
      return count[0];
    },
    'Atomics.add': ({ count }) => {
      count[0] = 0;
      for (let i = 0; i < increments; i++) Atomics.add(count, 0, 1);
      return count[0];
    },
    'a lock': ({ word, count }) => {
      count[0] = 0;
      for (let i = 0; i < increments; i++) {
        lock(word);
        count[0] += 1;
        unlock(word);
      }
      return count[0];
    },
  },
  check: (count) => count === increments,
  ratios: {
    atomic: { of: 'Atomics.add', over: 'plain' },
    lock: { of: 'a lock', over: 'plain' },
  },
  keeps: {
    'a plain increment': { variant: 'plain', per: increments },
    'an atomic increment': { variant: 'Atomics.add', per: increments },
    'a lock that is free': { variant: 'a lock', per: increments },
  },
});

/** A word in a buffer of its own. */
function shared(): Int32Array {
  return new Int32Array(new SharedArrayBuffer(4));
}
