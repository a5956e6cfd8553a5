// A thread changes what it was sent a thousand times: how many of these changes the sender sees in its own.
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { demo } from 'interleave/kit/demo';

const times = 1_000;

interface Changed {
  readonly here: number;
  readonly there: number;
}

const seen = { unit: 'seen', amount: ({ here }: Changed) => here };

export default demo({
  title: `A thread changes what it was sent ${times} times: changes that the sender sees`,
  setup: () => new Worker(new URL('./who-sees-it.worker.ts', import.meta.url)),
  variants: {
    'an array': { ...seen, run: async (thread) => await changeThere(thread, new Int32Array(1)) },
    'shared memory': {
      ...seen,
      run: async (thread) => await changeThere(thread, new Int32Array(new SharedArrayBuffer(4))),
    },
  },
  // Whoever sees it: the thread has done its work.
  check: ({ there }: Changed) => there === times,
  claims: [
    {
      claim: 'F13',
      says: 'Threads can spoil the memory of each other: what one of them does to its data, the others find in theirs.',
      variant: 'an array',
      holds: [0.5, Infinity],
    },
  ],
  teardown: async (thread) => {
    await thread.terminate();
  },
});

async function changeThere(thread: Worker, numbers: Int32Array): Promise<Changed> {
  const answer = once(thread, 'message') as Promise<[number]>;
  thread.postMessage({ numbers, times });
  const [there] = await answer;
  return { here: numbers[0] ?? 0, there };
}
