// Short waits under one lock: alone, beside a thread that waits as well, beside a thread that computes and hands the lock on
// every 5 ms, as CPython does; and the same in CPython, under its own lock.
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { demo } from 'interleave/kit/demo';
import type { Task } from './convoy.worker.ts';

const times = 8;
const ms = 2;
/** How long the neighbour waits at a time, or computes; the latter is what CPython calls the switch interval. */
const neighbourMs = { waits: 1, computes: 5 };

export default demo({
  title: `${times} waits of ${ms} ms under one lock, and who else is there`,
  setup: async () => {
    const threads = [startThread(), startThread()] as const;
    await Promise.all(threads.map((thread) => once(thread, 'online')));
    return threads;
  },
  variants: {
    'nobody else': ([first]) => wait([first]),
    'one who waits': (threads) => wait(threads, 'waits'),
    'one who computes': (threads) => wait(threads, 'computes'),
  },
  check: isWaited,
  python: {
    'Python, nobody else': { script: './convoy.py', call: 'alone', args: [times, ms], check: isWaited },
    'Python, one who computes': { script: './convoy.py', call: 'beside_computing', args: [times, ms], check: isWaited },
  },
  ratios: {
    waiting: { of: 'one who waits', over: 'nobody else', kind: 'waits' },
    computing: { of: 'one who computes', over: 'nobody else', kind: 'waits' },
    'python-computing': { of: 'Python, one who computes', over: 'Python, nobody else', kind: 'waits' },
  },
  claims: [
    {
      claim: 'F51',
      says: 'The lock does not slow waiting down to speak of, beside others that wait: by a quarter at most.',
      ratio: 'waiting',
      holds: [0.8, 1.25],
    },
    {
      claim: 'F51',
      says: 'The lock does not slow waiting down to speak of, whatever the others do: by a quarter at most.',
      ratio: 'computing',
      holds: [0.8, 1.25],
    },
    {
      claim: 'F51',
      says: "Python's lock does not slow waiting down to speak of, also beside a thread that computes: by a quarter at most.",
      ratio: 'python-computing',
      holds: [0.8, 1.25],
    },
  ],
  teardown: async (threads) => {
    await Promise.all(threads.map((thread) => thread.terminate()));
  },
});

function isWaited(waited: unknown): boolean | string {
  return waited === times || `${String(waited)} of ${times} waits were waits`;
}

function startThread(): Worker {
  return new Worker(new URL('./convoy.worker.ts', import.meta.url));
}

/** @returns how often the first thread has waited */
async function wait(
  [first, second]: readonly [Worker, Worker?],
  does: 'waits' | 'computes' = 'waits',
): Promise<number> {
  const memory = new Int32Array(new SharedArrayBuffer(12));
  const gone = second && once(second, 'message');
  second?.postMessage({ kind: 'neighbour', memory, does, ms: neighbourMs[does] } satisfies Task);
  const answer = once(first, 'message') as Promise<[number]>;
  first.postMessage({ kind: 'wait', memory, times, ms } satisfies Task);
  const [waited] = await answer;
  await gone;
  return waited;
}
