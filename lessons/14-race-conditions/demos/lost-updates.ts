// Two threads add to the same word of shared memory without Atomics: in how many rounds something is lost. They begin each
// round at the same moment, as nearly as can be.
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { demo } from 'interleave/kit/demo';
import type { Rounds } from './lost-updates.worker.ts';
import { newGate } from './meet.module.ts';

const rounds = 1_000;

interface Seen {
  readonly lossy: number;
  /** rounds that both threads have been through */
  readonly done: readonly number[];
}

const counted = { unit: 'of 1,000 rounds', amount: ({ lossy }: Seen) => lossy };

export default demo({
  title: 'Two threads add to one word without Atomics: rounds that lost something',
  setup: startThreads,
  variants: {
    'one addition each': { ...counted, run: async (threads) => await lossyRounds(threads, 1) },
    'a thousand each': { ...counted, run: async (threads) => await lossyRounds(threads, 1_000) },
  },
  check: ({ lossy, done }: Seen) => lossy <= rounds && done.length === 2 && done.every((count) => count === rounds),
  teardown: async (threads) => {
    await Promise.all(threads.map((thread) => thread.terminate()));
  },
});

async function startThreads(): Promise<Worker[]> {
  const threads = [1, 2].map(() => new Worker(new URL('./lost-updates.worker.ts', import.meta.url)));
  await Promise.all(threads.map((thread) => once(thread, 'online')));
  // The first rounds are those of code that nobody has optimised yet.
  await lossyRounds(threads, 1_000);
  return threads;
}

async function lossyRounds(threads: readonly Worker[], additions: number): Promise<Seen> {
  const words = new Int32Array(new SharedArrayBuffer(8));
  const order: Rounds = { rounds, additions, words, start: newGate(), end: newGate() };
  const answers = threads.map((thread) => once(thread, 'message') as Promise<[number]>);
  for (const thread of threads) thread.postMessage(order);
  const done = (await Promise.all(answers)).map(([count]) => count);
  return { lossy: words[1] ?? rounds, done };
}
