// The same waits in threads and in promises. The threads are there already: what they cost is price-of-a-thread.ts.
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { demo } from 'interleave/kit/demo';

const waits = 20;
const waitMs = 50;
/** A timer may be early by less than a millisecond. */
const earlyMs = 1;

export default demo({
  title: `Waiting ${waits} times ${waitMs} ms at once, in threads and in promises`,
  setup: startThreads,
  variants: {
    threads: async (threads) => await Promise.all(threads.map(blockIn)),
    promises: async () => await Promise.all(Array.from({ length: waits }, wait)),
  },
  python: {
    'Python, threads': { script: './same_waits.py', call: 'in_threads', args: [waits, waitMs] },
    'Python, asyncio': { script: './same_waits.py', call: 'in_a_loop', args: [waits, waitMs] },
  },
  check: (waited) => waited.length === waits && waited.every((ms) => ms > waitMs - earlyMs),
  ratios: {
    waits: { of: 'threads', over: 'promises', kind: 'waits' },
    'python-waits': { of: 'Python, threads', over: 'Python, asyncio', kind: 'waits' },
  },
  claims: [
    {
      claim: 'F09',
      says: 'Asyncio performs better than threading: here, the same waits are over sooner by a tenth or more.',
      ratio: 'waits',
      holds: [1.1, Infinity],
    },
    {
      claim: 'F09',
      says: 'Asyncio performs better than threading: the same in Python.',
      ratio: 'python-waits',
      holds: [1.1, Infinity],
    },
  ],
  teardown: async (threads) => {
    await Promise.all(threads.map((thread) => thread.terminate()));
  },
});

async function startThreads(): Promise<Worker[]> {
  const threads = Array.from({ length: waits }, () => new Worker(new URL('./same-waits.worker.mjs', import.meta.url)));
  await Promise.all(threads.map((thread) => once(thread, 'online')));
  return threads;
}

async function blockIn(thread: Worker): Promise<number> {
  const answer = once(thread, 'message') as Promise<[number]>;
  thread.postMessage(waitMs);
  return (await answer)[0];
}

async function wait(): Promise<number> {
  const start = performance.now();
  await sleep(waitMs);
  return performance.now() - start;
}
