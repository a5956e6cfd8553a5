// The same computing in one thread, in two, and in two that hold one lock while they compute; and in Python's threads, who
// have such a lock.
import { demo } from 'interleave/kit/demo';
import { countPrimes, isAllCounted, startThreads, stopThreads } from './one-lock.threads.ts';

/** Python takes longer for each number. */
const upToInPython = 40_000;
const isAllInPython = (count: number) => count === 4_203;

export default demo({
  title: 'Counting primes under one lock',
  setup: startThreads,
  variants: {
    'one thread': { run: ([first]) => countPrimes([first], false), check: isAllCounted },
    'two under one lock': { run: (threads) => countPrimes(threads, true), check: isAllCounted },
    'two without a lock': { run: (threads) => countPrimes(threads, false), check: isAllCounted },
  },
  python: {
    'Python, one thread': {
      script: './under_one_lock.py',
      call: 'primes_in_one',
      args: [upToInPython],
      check: isAllInPython,
    },
    'Python, two threads': {
      script: './under_one_lock.py',
      call: 'primes_in_two',
      args: [upToInPython],
      check: isAllInPython,
    },
  },
  ratios: {
    gain: { of: 'one thread', over: 'two under one lock' },
    lost: { of: 'two under one lock', over: 'two without a lock', threads: 2 },
    python: { of: 'Python, one thread', over: 'Python, two threads', threads: 2 },
  },
  claims: [
    {
      claim: 'F69',
      says: 'Threads do computing in parallel, also in standard Python: two under the lock are faster by half or more.',
      ratio: 'gain',
      holds: [1.5, Infinity],
    },
    {
      claim: 'F05',
      says: 'A global lock keeps threads from using several cores: without it the same two are 1.7 to 2.1 times as fast.',
      ratio: 'lost',
      holds: [1.7, 2.1],
      limits: [0.85, 1.15],
    },
    {
      claim: 'F05',
      says: 'The lock of standard Python keeps its threads from using several cores: two take as long as one.',
      ratio: 'python',
      holds: [0.85, 1.1],
      limits: [0.4, 0.65],
    },
  ],
  teardown: stopThreads,
});
