// What a thread costs next to an async call: the time from start to end, and the memory while it waits.
import { once } from 'node:events';
import { memoryUsage } from 'node:process';
import { Worker } from 'node:worker_threads';
import { collectGarbage, demo, sameOrderAs } from 'interleave/kit/demo';

/**
 * One call ends too soon to be timed, and takes too little memory to be seen. Many more would leave so much
 * memory behind that the next threads found a part of theirs there.
 */
const calls = 1_000;
const waitingThreads = 2;

interface Waiting {
  /** how much more memory is in use with them */
  readonly bytes: number;
  /** how many are waiting at that moment */
  readonly count: number;
}

export default demo({
  title: 'What a thread costs, and what an async call costs',
  setup: () => ({ threads: [] as Worker[] }),
  variants: {
    'start and end a thread': {
      run: async () => {
        const thread = startThread(21);
        const [[answer]] = await Promise.all([once(thread, 'message'), once(thread, 'exit')]);
        return answer as number;
      },
      check: (answer) => answer === 42,
    },
    'start and end a call': {
      count: calls,
      run: async () => {
        let sum = 0;
        for (let call = 0; call < calls; call++) sum += await doubled(call);
        return sum;
      },
      check: (sum) => sum === calls * (calls - 1),
    },
    'a waiting thread': {
      unit: 'KB',
      count: waitingThreads,
      amount: ({ bytes }: Waiting) => bytes / 1_000,
      run: async ({ threads }) => await waitingThreadsMemory(threads),
      check: ({ count }: Waiting) => count === waitingThreads,
    },
    'a waiting call': {
      unit: 'KB',
      count: calls,
      amount: ({ bytes }) => bytes / 1_000,
      run: async () => await waitingCallsMemory(),
      check: ({ count }) => count === calls,
    },
  },
  // Measured in this order: once a thread has ended, the next one uses its memory again, unseen.
  ratios: {
    memory: { of: 'a waiting thread', over: 'a waiting call', kind: 'magnitude' },
    'start-up': { of: 'start and end a thread', over: 'start and end a call', kind: 'magnitude' },
  },
  claims: [
    {
      claim: 'F60',
      says: 'Asynchronous calls have less overhead than threads.',
      ratio: 'start-up',
      holds: [1.02, Infinity],
    },
    {
      claim: 'F52',
      says: 'Threads are lightweight: starting one costs about what starting a call costs, give or take a power of ten.',
      ratio: 'start-up',
      holds: [0.1, 10],
    },
    {
      claim: 'F37',
      says: 'Threads take much memory, calls little: 7.4 MB against 0.4 KB, about 18,000 times as much.',
      ratio: 'memory',
      holds: sameOrderAs(18_000),
    },
    {
      claim: 'F38',
      says: 'Where there is room for hundreds of threads, there is room for thousands of calls: 10 times as many or more.',
      ratio: 'memory',
      holds: [10, Infinity],
    },
  ],
  keeps: {
    'an async call': { variant: 'start and end a call' },
    'a thread, start to end': { variant: 'start and end a thread' },
    'memory of a waiting call': { variant: 'a waiting call' },
    'memory of a waiting thread': { variant: 'a waiting thread' },
  },
  teardown: async ({ threads }) => {
    await Promise.all(threads.map((thread) => thread.terminate()));
  },
});

/** @param task a number to double, or to wait */
function startThread(task: number | 'wait'): Worker {
  return new Worker(new URL('./price-of-a-thread.worker.mjs', import.meta.url), { workerData: task });
}

async function doubled(number: number): Promise<number> {
  return number * 2;
}

/** The threads stay until the demo ends, so that no later one finds their memory. */
async function waitingThreadsMemory(threads: Worker[]): Promise<Waiting> {
  await collectGarbage();
  const before = memoryUsage.rss();
  const started: Worker[] = [];
  for (let i = 0; i < waitingThreads; i++) {
    const thread = startThread('wait');
    threads.push(thread);
    await once(thread, 'message');
    started.push(thread);
  }
  // The number of a thread that has ended is -1.
  return { bytes: memoryUsage.rss() - before, count: started.filter(({ threadId }) => threadId > 0).length };
}

async function waitingCallsMemory(): Promise<Waiting> {
  await collectGarbage();
  const before = memoryUsage().heapUsed;
  const gate = Promise.withResolvers<void>();
  let [waiting, ended] = [0, 0];
  const waitAtTheGate = async () => {
    waiting++;
    await gate.promise;
    ended++;
  };
  const all = Array.from({ length: calls }, waitAtTheGate);
  await collectGarbage();
  const bytes = memoryUsage().heapUsed - before;
  const count = waiting - ended;
  gate.resolve();
  await Promise.all(all);
  return { bytes, count };
}
