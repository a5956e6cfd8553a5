// What a process costs next to a thread: the time from start to end, and the memory while it waits.
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { memoryUsage } from 'node:process';
import { Worker } from 'node:worker_threads';
import { collectGarbage, demo } from 'interleave/kit/demo';

const file = new URL('./price-of-a-process.child.mjs', import.meta.url);
const waiting = 2;

interface Memory {
  /** of all of them together */
  readonly bytes: number;
  /** how many are waiting at that moment */
  readonly count: number;
}

export default demo({
  title: 'What a process costs, and what a thread costs',
  setup: () => ({ threads: [] as Worker[], processes: [] as ChildProcess[] }),
  variants: {
    'start and end a process': {
      run: async () => {
        const child = startProcess(21);
        const [[answer]] = await Promise.all([once(child, 'message'), once(child, 'close')]);
        return answer as number;
      },
      check: (answer) => answer === 42,
    },
    'start and end a thread': {
      run: async () => {
        const thread = new Worker(file, { workerData: 21 });
        const [[answer]] = await Promise.all([once(thread, 'message'), once(thread, 'exit')]);
        return answer as number;
      },
      check: (answer) => answer === 42,
    },
    'a waiting process': {
      unit: 'MB',
      count: waiting,
      amount: ({ bytes }: Memory) => bytes / 1e6,
      run: async ({ processes }) => await processMemory(processes),
      check: ({ count }: Memory) => count === waiting,
    },
    'a waiting thread': {
      unit: 'MB',
      count: waiting,
      amount: ({ bytes }: Memory) => bytes / 1e6,
      run: async ({ threads }) => await threadMemory(threads),
      check: ({ count }: Memory) => count === waiting,
    },
  },
  ratios: {
    'start-up': { of: 'start and end a process', over: 'start and end a thread' },
    memory: { of: 'a waiting process', over: 'a waiting thread' },
  },
  claims: [
    {
      claim: 'F15',
      says: 'To create a process takes time: a millisecond at the least, before it has done anything.',
      variant: 'start and end a process',
      holds: [1, Infinity],
    },
    {
      claim: 'F15',
      says: 'A process takes longer to start than a thread: here, by a tenth or more.',
      ratio: 'start-up',
      holds: [1.1, Infinity],
    },
    {
      claim: 'F14',
      says: 'Processes take more memory than threads: here, twice as much or more.',
      ratio: 'memory',
      holds: [2, Infinity],
    },
  ],
  keeps: {
    'a thread, start to end': { variant: 'start and end a thread' },
    'a process, start to end': { variant: 'start and end a process' },
    'memory of a waiting thread': { variant: 'a waiting thread' },
    'memory of a waiting process': { variant: 'a waiting process' },
  },
  teardown: async ({ threads, processes }) => {
    for (const child of processes) child.kill('SIGKILL');
    await Promise.all(threads.map((thread) => thread.terminate()));
  },
});

/** @param task a number to double, or to wait */
function startProcess(task: number | 'wait'): ChildProcess {
  return fork(file, [String(task)], { execArgv: [] });
}

/** What they say of themselves, all pages counted: also those that they share with each other and with this process. */
async function processMemory(processes: ChildProcess[]): Promise<Memory> {
  const started = Array.from({ length: waiting }, () => startProcess('wait'));
  processes.push(...started);
  const sizes = (await Promise.all(started.map((child) => once(child, 'message')))) as [number][];
  const count = started.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null).length;
  for (const child of started) child.kill('SIGKILL');
  await Promise.all(started.map((child) => once(child, 'close')));
  processes.length = 0;
  return { bytes: sizes.reduce((sum, [size]) => sum + size, 0), count };
}

/** The threads stay until the demo ends, so that no later one finds their memory. */
async function threadMemory(threads: Worker[]): Promise<Memory> {
  await collectGarbage();
  const before = memoryUsage.rss();
  const started = Array.from({ length: waiting }, () => new Worker(file, { workerData: 'wait' }));
  threads.push(...started);
  await Promise.all(started.map((thread) => once(thread, 'message')));
  // The number of a thread that has ended is -1.
  return { bytes: memoryUsage.rss() - before, count: started.filter(({ threadId }) => threadId > 0).length };
}
