// The same waits in promises, and in processes that are started for them.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { demo } from 'interleave/kit/demo';

const waits = 8;
const waitMs = 50;
/** A timer may be early by less than a millisecond. */
const earlyMs = 1;

export default demo({
  title: `Waiting ${waits} times ${waitMs} ms at once, in processes and in promises`,
  variants: {
    processes: async () => await Promise.all(Array.from({ length: waits }, waitInProcess)),
    promises: async () => await Promise.all(Array.from({ length: waits }, wait)),
  },
  check: (waited) => waited.length === waits && waited.every((ms) => ms > waitMs - earlyMs),
  // No `kind: 'waits'`: starting engines is computing, and rounds with as many promises as fit in would be too few.
  ratios: { waits: { of: 'processes', over: 'promises' } },
  claims: [
    {
      claim: 'F49',
      says: 'Processes are less efficient for waiting: here, the same waits take 1.5 times as long or more.',
      ratio: 'waits',
      holds: [1.5, Infinity],
    },
  ],
});

async function waitInProcess(): Promise<number> {
  const child = fork(new URL('./waits-in-processes.child.mjs', import.meta.url), [String(waitMs)], { execArgv: [] });
  const [[ms]] = (await Promise.all([once(child, 'message'), once(child, 'close')])) as [[number], unknown];
  return ms;
}

async function wait(): Promise<number> {
  const start = performance.now();
  await sleep(waitMs);
  return performance.now() - start;
}
