// A hundred squares: here, and in a process and a thread that are started for them.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { demo } from 'interleave/kit/demo';

const file = new URL('./squares.child.mjs', import.meta.url);
const count = 100;
/** The squares of 0 to 99 together. */
const sum = 328_350;
/** A hundred squares are through too soon to be timed. */
const times = 1_000;

export default demo({
  title: `${count} squares, and what it costs to have them computed elsewhere`,
  variants: {
    here: {
      count: times,
      run: () => Array.from({ length: times }, () => squares(count)).reduce((total, one) => total + one, 0),
      check: (total) => total === sum * times,
    },
    'in a process': {
      run: async () => {
        const child = fork(file, [String(count)], { execArgv: [] });
        const [[answer]] = await Promise.all([once(child, 'message'), once(child, 'close')]);
        return answer as number;
      },
      check: (answer) => answer === sum,
    },
    'in a thread': {
      run: async () => {
        const thread = new Worker(file, { workerData: count });
        const [[answer]] = await Promise.all([once(thread, 'message'), once(thread, 'exit')]);
        return answer as number;
      },
      check: (answer) => answer === sum,
    },
  },
  ratios: {
    process: { of: 'in a process', over: 'here', kind: 'magnitude' },
    thread: { of: 'in a thread', over: 'here', kind: 'magnitude' },
  },
});

/** The same as in squares.child.mjs, which is no TypeScript: a type stripper would be a part of the price. */
function squares(upTo: number): number {
  const all = Array.from({ length: upTo }, (_, number) => number ** 2);
  return all.reduce((total, square) => total + square, 0);
}
