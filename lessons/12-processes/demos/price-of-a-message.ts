// A message and its answer, to a process and to a thread that stand ready: a number, then a megabyte.
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { demo } from 'interleave/kit/demo';

const file = new URL('./price-of-a-message.child.mjs', import.meta.url);
const messages = 50;
const megabyte = new Uint8Array(1_000_000).fill(7);

export default demo({
  title: 'A message and its answer, to a process and to a thread',
  setup: () => ({ child: fork(file, [], { execArgv: [], serialization: 'advanced' }), thread: new Worker(file) }),
  variants: {
    'a number to a process': { count: messages, run: async ({ child }) => await talk(child, 1) },
    'a number to a thread': { count: messages, run: async ({ thread }) => await talk(thread, 1) },
    'a megabyte to a process': { count: messages, run: async ({ child }) => await talk(child, megabyte) },
    'a megabyte to a thread': { count: messages, run: async ({ thread }) => await talk(thread, megabyte) },
  },
  // The other side answers with how many bytes it got, a number with 1.
  check: (sum) => sum === messages || sum === messages * megabyte.length,
  ratios: {
    number: { of: 'a number to a process', over: 'a number to a thread', kind: 'waits' },
    megabyte: { of: 'a megabyte to a process', over: 'a megabyte to a thread', kind: 'waits' },
  },
  keeps: {
    'a message to a thread': { variant: 'a number to a thread' },
    'a message to a process': { variant: 'a number to a process' },
    'a megabyte to a thread': { variant: 'a megabyte to a thread' },
    'a megabyte to a process': { variant: 'a megabyte to a process' },
  },
  teardown: async ({ child, thread }) => {
    child.kill('SIGKILL');
    await thread.terminate();
  },
});

async function talk(other: ChildProcess | Worker, message: number | Uint8Array): Promise<number> {
  let sum = 0;
  for (let i = 0; i < messages; i++) {
    const answer = once(other, 'message') as Promise<[number]>;
    if (other instanceof Worker) other.postMessage(message);
    else other.send(message);
    sum += (await answer)[0];
  }
  return sum;
}
