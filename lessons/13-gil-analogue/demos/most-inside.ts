// How many of two threads compute at the same time, under one lock and without it: a count, which no load on the machine can
// change.
import { demo } from 'interleave/kit/demo';
import { countPrimes, isAllCounted, startThreads, stopThreads, type Counted } from './one-lock.threads.ts';

const most = { unit: 'threads', amount: ({ most }: Counted) => most };

export default demo({
  title: 'How many of two threads compute at once',
  setup: startThreads,
  variants: {
    'without a lock': { ...most, run: (threads) => countPrimes(threads, false) },
    'under one lock': { ...most, run: (threads) => countPrimes(threads, true) },
  },
  check: isAllCounted,
  ratios: { inside: { of: 'without a lock', over: 'under one lock' } },
  claims: [
    {
      claim: 'F46',
      says: 'Under a global lock no two threads compute at the same moment: the most inside is 1.',
      variant: 'under one lock',
      holds: [0.99, 1.01],
    },
    {
      claim: 'F41',
      says: 'Threads are parallel, whatever else there is: also under the lock, two are inside together.',
      variant: 'under one lock',
      holds: [1.5, 2.5],
    },
    {
      claim: 'F72',
      says: 'It takes an own memory, as a process has it, to compute in parallel: of threads in one process only 1 is inside.',
      variant: 'without a lock',
      holds: [0.99, 1.01],
    },
  ],
  teardown: stopThreads,
});
