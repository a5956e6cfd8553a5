// The same computing in one thread and divided among two, in Node and in Python. Both threads wait for work in both
// variants, so that what is compared is the dividing and not the starting.
import { pbkdf2Sync } from 'node:crypto';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { demo } from 'interleave/kit/demo';
import type { Question } from './count-primes.worker.ts';

const upTo = 200_000;
/** all of them but 2, for only odd numbers are looked at */
const primes = 17_983;
/** Python takes longer for each number. */
const upToInPython = 40_000;
const primesInPython = 4_202;
const isAll = (count: number) => count === primesInPython;

/** How often each of two passwords is hashed. */
const rounds = 30_000;
const hashes = ['pepper', 'salt'].map((salt) => pbkdf2Sync('secret', salt, rounds, 32, 'sha256').toString('hex'));
const isHashed = (answer: readonly string[]) => answer.join() === hashes.join();

export default demo({
  title: 'Counting primes in one thread and in two',
  setup: () => [startThread(), startThread()] as const,
  variants: {
    'one thread': ([first]) => ask(first, { from: 1, to: upTo, step: 2 }),
    'two threads': async ([first, second]) => {
      // Every second one: the lower half of the numbers would not be half of the work, for large numbers take longer.
      const [some, others] = await Promise.all([
        ask(first, { from: 1, to: upTo, step: 4 }),
        ask(second, { from: 3, to: upTo, step: 4 }),
      ]);
      return some + others;
    },
  },
  // #region python
  python: {
    'Python, one thread': { script: './split_work.py', call: 'primes_in_one', args: [upToInPython], check: isAll },
    'Python, two threads': { script: './split_work.py', call: 'primes_in_two', args: [upToInPython], check: isAll },
    // #endregion
    'hashing in Python, one': { script: './split_work.py', call: 'hashes_in_one', args: [rounds], check: isHashed },
    'hashing in Python, two': { script: './split_work.py', call: 'hashes_in_two', args: [rounds], check: isHashed },
  },
  check: (count) => count === primes || `there are ${primes} odd primes below ${upTo}`,
  ratios: {
    'speed-up': { of: 'one thread', over: 'two threads', threads: 2 },
    'python-speed-up': { of: 'Python, one thread', over: 'Python, two threads', threads: 2 },
    'hashing-speed-up': { of: 'hashing in Python, one', over: 'hashing in Python, two', threads: 2 },
  },
  claims: [
    {
      claim: 'F64',
      says: 'Threads help computing as processes do: two of them are 1.79 to 1.95 times as fast as one.',
      ratio: 'speed-up',
      holds: [1.79, 1.95],
      limits: [0.85, 1.15],
    },
    {
      claim: 'F64',
      says: 'For computing in Python threads are no alternative to processes: two of them take as long as one.',
      ratio: 'python-speed-up',
      holds: [0.9, 1.1],
      limits: [0.4, 0.65],
    },
  ],
  teardown: async (threads) => {
    await Promise.all(threads.map((thread) => thread.terminate()));
  },
});

function startThread(): Worker {
  return new Worker(new URL('./count-primes.worker.ts', import.meta.url));
}

async function ask(thread: Worker, question: Question): Promise<number> {
  const answer = once(thread, 'message') as Promise<[number]>;
  thread.postMessage(question);
  return (await answer)[0];
}
