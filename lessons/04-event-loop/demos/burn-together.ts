// Four computations: one after the other, under Promise.all, and divided among two threads that stand ready; and the same
// in Python.
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { demo } from 'interleave/kit/demo';
import { countPrimes } from './burn.module.ts';

const jobs = 4;
const limit = 60_000;
/** in all four of them: there are 6,057 primes below the limit */
const primes = jobs * 6_057;
/** Python takes longer for each number. */
const limitInPython = 8_000;
const inPython = {
  script: './burn_together.py',
  args: [jobs, limitInPython],
  check: (count: number) => count === jobs * 1_007,
};

export default demo({
  title: 'Four computations in one loop, and in two threads',
  setup: async () => {
    const threads = [startThread(), startThread()] as const;
    await Promise.all(threads.map((thread) => once(thread, 'online')));
    return threads;
  },
  variants: {
    'one after the other': async () => {
      let sum = 0;
      for (let job = 0; job < jobs; job++) sum += await compute();
      return sum;
    },
    'under Promise.all': async () => {
      const counts = await Promise.all(Array.from({ length: jobs }, compute));
      return counts.reduce((sum, count) => sum + count, 0);
    },
    'in two threads': async (threads) => {
      const [some, others] = await Promise.all([ask(threads[0], jobs / 2), ask(threads[1], jobs / 2)]);
      return some + others;
    },
  },
  python: {
    'Python, one by one': { ...inPython, call: 'in_a_loop' },
    'Python, under gather': { ...inPython, call: 'under_gather' },
    'Python, in two threads': { ...inPython, call: 'in_two_threads' },
  },
  check: (count) => count === primes || `${primes} primes were to be counted`,
  ratios: {
    together: { of: 'one after the other', over: 'under Promise.all' },
    'speed-up': { of: 'one after the other', over: 'in two threads', threads: 2 },
    'python-together': { of: 'Python, one by one', over: 'Python, under gather' },
    'python-speed-up': { of: 'Python, one by one', over: 'Python, in two threads', threads: 2 },
  },
  claims: [
    {
      claim: 'F07',
      says: "An event loop gets round Python's lock: what computes is done sooner under Promise.all than one by one.",
      ratio: 'together',
      holds: [1.1, Infinity],
    },
    {
      claim: 'F07',
      says: 'The same in Python: what computes is done sooner under gather than one by one.',
      ratio: 'python-together',
      holds: [1.1, Infinity],
    },
  ],
  teardown: async (threads) => {
    await Promise.all(threads.map((thread) => thread.terminate()));
  },
});

function startThread(): Worker {
  return new Worker(new URL('./burn.worker.ts', import.meta.url));
}

async function compute(): Promise<number> {
  return countPrimes(limit);
}

async function ask(thread: Worker, jobs: number): Promise<number> {
  const answer = once(thread, 'message') as Promise<[number]>;
  thread.postMessage({ jobs, limit });
  return (await answer)[0];
}
