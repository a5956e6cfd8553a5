// Two threads count together, in four ways. One of them loses increments, and is there for its speed.
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { demo } from 'interleave/kit/demo';
import type { Task, Way } from './four-counters.worker.ts';

const increments = 500_000;
const all = 2 * increments;

export default demo({
  title: 'Two threads count to a million together',
  setup: async () => {
    const threads = [startThread(), startThread()] as const;
    await Promise.all(threads.map((thread) => once(thread, 'message')));
    return threads;
  },
  variants: {
    plain: { run: (threads) => count(threads, 'plain'), check: (total: number) => total > 1 && total <= all },
    'Atomics.add': (threads) => count(threads, 'atomic'),
    'a lock': (threads) => count(threads, 'lock'),
    'own totals': (threads) => count(threads, 'own'),
  },
  check: (total) => total === all || `it counted to ${total}`,
  ratios: {
    // Two threads that meet at one word take now longer, now shorter, like those that wait.
    atomic: { of: 'Atomics.add', over: 'plain', kind: 'waits' },
    own: { of: 'a lock', over: 'own totals', kind: 'magnitude' },
  },
  teardown: async (threads) => {
    await Promise.all(threads.map((thread) => thread.terminate()));
  },
});

function startThread(): Worker {
  return new Worker(new URL('./four-counters.worker.ts', import.meta.url));
}

async function count(threads: readonly Worker[], way: Way): Promise<number> {
  // The words lie in different lines of the cache: the lock, the count, and who is there.
  const memory = new Int32Array(new SharedArrayBuffer(3 * 64));
  const ends = threads.map((thread) => once(thread, 'message'));
  for (const thread of threads) thread.postMessage({ way, increments, memory } satisfies Task);
  await Promise.all(ends);
  return memory[16] ?? 0;
}
