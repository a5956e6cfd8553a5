// Threads under one lock that keep it while they wait or while native code runs, and threads that let go of it meanwhile.
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { demo } from 'interleave/kit/demo';
import type { Task } from './let-go.worker.ts';

const waits = { what: { kind: 'wait', ms: 5 }, times: 3, threads: 4 } as const;
/** in Python: how many waits were waits */
const isWaited = (waited: number) => waited === 12;
const native = { what: { kind: 'native', rounds: 8_000 }, times: 3, threads: 2 } as const;

export default demo({
  title: 'Letting go of the lock, and not',
  setup: async () => {
    const threads = Array.from({ length: 4 }, () => new Worker(new URL('./let-go.worker.ts', import.meta.url)));
    await Promise.all(threads.map((thread) => once(thread, 'online')));
    return threads;
  },
  variants: {
    'four wait and hold on': { run: (threads) => runAll(threads, waits, false), check: isDone(waits) },
    'four wait and let go': { run: (threads) => runAll(threads, waits, true), check: isDone(waits) },
    'two hash and hold on': { run: (threads) => runAll(threads, native, false), check: isDone(native) },
    'two hash and let go': { run: (threads) => runAll(threads, native, true), check: isDone(native) },
  },
  python: {
    'Python, twelve waits': { script: './let_go.py', call: 'one_by_one', args: [12, 5], check: isWaited },
    'Python, four threads': { script: './let_go.py', call: 'in_four', args: [12, 5], check: isWaited },
  },
  ratios: {
    waits: { of: 'four wait and hold on', over: 'four wait and let go', kind: 'waits' },
    'python-waits': { of: 'Python, twelve waits', over: 'Python, four threads', kind: 'waits' },
    native: { of: 'two hash and hold on', over: 'two hash and let go', threads: 2 },
  },
  claims: [
    {
      claim: 'F59',
      says: 'Who waits lets go of the lock, so threads help with waits: four of them are 3 to 4.5 times as fast as taking turns.',
      ratio: 'waits',
      holds: [3, 4.5],
    },
    {
      claim: 'F59',
      says: "Python's threads let go of their lock while they wait: four of them are 3 to 4.5 times as fast as one.",
      ratio: 'python-waits',
      holds: [3, 4.5],
    },
    {
      claim: 'F64',
      says: 'For computing, too, there is another way than processes: native code that lets go is 1.5 to 2.1 times as fast in two threads.',
      ratio: 'native',
      holds: [1.5, 2.1],
      limits: [0.85, 1.15],
    },
  ],
  teardown: async (threads) => {
    await Promise.all(threads.map((thread) => thread.terminate()));
  },
});

type Work = Pick<Task, 'what' | 'times'> & { readonly threads: number };

/** @returns how often all of them together have done it */
async function runAll(all: readonly Worker[], { what, times, threads }: Work, letsGo: boolean): Promise<number> {
  const memory = new Int32Array(new SharedArrayBuffer(8));
  const done = await Promise.all(
    all.slice(0, threads).map(async (thread) => {
      const answer = once(thread, 'message') as Promise<[number]>;
      thread.postMessage({ what, times, letsGo, memory } satisfies Task);
      return (await answer)[0];
    }),
  );
  return done.reduce((sum, count) => sum + count, 0);
}

function isDone({ times, threads }: Work): (done: number) => boolean | string {
  return (done) => done === times * threads || `${done} of ${times * threads} were done`;
}
