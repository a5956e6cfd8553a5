// Computing that is divided among two processes, and what is left of the gain when the parts bring much data along. The
// processes wait for work in both variants, so that what is compared is the work and not the starting.
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { demo } from 'interleave/kit/demo';

/** What a process is asked: primes among from, from + step and so on, below upTo. The data only travel along. */
interface Question {
  readonly from: number;
  readonly upTo: number;
  readonly step: number;
  readonly data?: Uint8Array;
}

const upTo = 200_000;
/** all of them but 2, for only odd numbers are looked at */
const primes = 17_983;
const data = new Uint8Array(16_000_000).fill(7);

export default demo({
  title: 'Counting primes in two processes, when each part brings 16 MB along',
  setup: () => [startProcess(), startProcess()] as const,
  variants: {
    'one process': ([first]) => ask(first, { from: 1, upTo, step: 2 }),
    'two, with 16 MB each': (both) => askBoth(both),
  },
  check: (count) => count === primes || `there are ${primes} odd primes below ${upTo}`,
  ratios: {
    gain: { of: 'one process', over: 'two, with 16 MB each' },
  },
  claims: [
    {
      claim: 'F11',
      says: 'Two processes use the processor to the full, also when each part of the work brings 16 MB along: 1.6 times as fast or more.',
      ratio: 'gain',
      holds: [1.6, 2.1],
    },
  ],
  teardown: (processes) => {
    for (const child of processes) child.kill('SIGKILL');
  },
});

function startProcess(): ChildProcess {
  return fork(new URL('./count-primes.child.mjs', import.meta.url), { execArgv: [], serialization: 'advanced' });
}

async function askBoth([first, second]: readonly [ChildProcess, ChildProcess]): Promise<number> {
  // Every second one: the lower half of the numbers would not be half of the work, for large numbers take longer.
  const [some, others] = await Promise.all([
    ask(first, { from: 1, upTo, step: 4, data }),
    ask(second, { from: 3, upTo, step: 4, data }),
  ]);
  return some + others;
}

async function ask(child: ChildProcess, question: Question): Promise<number> {
  const answer = once(child, 'message') as Promise<[number]>;
  child.send(question);
  return (await answer)[0];
}
