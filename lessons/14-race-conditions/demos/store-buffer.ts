// Two threads put up a flag each and then look at the other one's: in how many rounds neither sees one. In no order of
// these four steps is that possible.
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { demo } from 'interleave/kit/demo';
import { newGate } from './meet.module.ts';
import type { Rounds } from './store-buffer.worker.ts';

const rounds = 20_000;

interface Seen {
  readonly blind: number;
  /** rounds that both threads have been through */
  readonly done: readonly number[];
}

const counted = { unit: 'of 20,000 rounds', amount: ({ blind }: Seen) => blind };

export default demo({
  title: 'Both put up a flag, and neither sees the other one: rounds in which it happens',
  setup: startThreads,
  variants: {
    'plain accesses': { ...counted, run: async (threads) => await blindRounds(threads, false) },
    'with Atomics': { ...counted, run: async (threads) => await blindRounds(threads, true) },
  },
  check: ({ blind, done }: Seen) => blind <= rounds && done.length === 2 && done.every((count) => count === rounds),
  teardown: async (threads) => {
    await Promise.all(threads.map((thread) => thread.terminate()));
  },
});

async function startThreads(): Promise<Worker[]> {
  const threads = [0, 1].map(() => new Worker(new URL('./store-buffer.worker.ts', import.meta.url)));
  await Promise.all(threads.map((thread) => once(thread, 'online')));
  return threads;
}

async function blindRounds(threads: readonly Worker[], isAtomic: boolean): Promise<Seen> {
  const order: Omit<Rounds, 'id'> = {
    rounds,
    isAtomic,
    flags: new Int32Array(new SharedArrayBuffer(4 * 32)),
    saw: new Int32Array(new SharedArrayBuffer(4 * 3)),
    start: newGate(),
    end: newGate(),
  };
  const answers = threads.map((thread) => once(thread, 'message') as Promise<[number]>);
  for (const [id, thread] of threads.entries()) thread.postMessage({ ...order, id } satisfies Rounds);
  const done = (await Promise.all(answers)).map(([count]) => count);
  return { blind: order.saw[2] ?? rounds, done };
}
