// The same computing in one process and divided among two. Both processes wait for work in both variants, so that what is
// compared is the dividing and not the starting.
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { demo } from 'interleave/kit/demo';

/** What a process is asked: primes among from, from + step and so on, below upTo. */
interface Question {
  readonly from: number;
  readonly upTo: number;
  readonly step: number;
}

const upTo = 200_000;
/** all of them but 2, for only odd numbers are looked at */
const primes = 17_983;
/** Python takes longer for each number */
const upToInPython = 40_000;
const primesInPython = 4_202;
const isAll = (count: number) => count === primesInPython;
const script = './two_processes.py';

export default demo({
  title: 'Counting primes in one process and in two',
  setup: () => [startProcess(), startProcess()] as const,
  variants: {
    'one process': ([first]) => ask(first, { from: 1, upTo, step: 2 }),
    'two processes': async ([first, second]) => {
      // Every second one: the lower half of the numbers would not be half of the work, for large numbers take longer.
      const [some, others] = await Promise.all([
        ask(first, { from: 1, upTo, step: 4 }),
        ask(second, { from: 3, upTo, step: 4 }),
      ]);
      return some + others;
    },
  },
  python: {
    'Python, one process': { script, call: 'one_process', args: [upToInPython], check: isAll },
    'Python, two processes': { script, call: 'two_processes', args: [upToInPython], check: isAll },
    'Python, two threads': { script, call: 'two_threads', args: [upToInPython], check: isAll },
  },
  check: (count) => count === primes || `there are ${primes} odd primes below ${upTo}`,
  ratios: {
    'speed-up': { of: 'one process', over: 'two processes', threads: 2 },
    'python-speed-up': { of: 'Python, one process', over: 'Python, two processes', threads: 2 },
    'python-threads': { of: 'Python, one process', over: 'Python, two threads', threads: 2 },
  },
  claims: [
    {
      claim: 'F11',
      says: 'Processes use the processor to the full: two of them are twice as fast as one.',
      ratio: 'speed-up',
      holds: [1.9, 2.1],
      limits: [0.85, 1.15],
    },
  ],
  teardown: (processes) => {
    for (const child of processes) child.kill('SIGKILL');
  },
});

function startProcess(): ChildProcess {
  return fork(new URL('./count-primes.child.mjs', import.meta.url), { execArgv: [] });
}

async function ask(child: ChildProcess, question: Question): Promise<number> {
  const answer = once(child, 'message') as Promise<[number]>;
  child.send(question);
  return (await answer)[0];
}
