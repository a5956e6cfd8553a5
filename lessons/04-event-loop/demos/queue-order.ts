// Ten jobs for one loop, in the order in which they came and with the shortest first: when the last one is done, and how
// long a job waits until it is begun.
import { demo } from 'interleave/kit/demo';

/** How long each job takes, in milliseconds, in the order in which they come. */
const jobsMs = [12, 5, 18, 2, 15, 9, 20, 7, 16, 1];
const totalMs = sum(jobsMs);
const shortestFirst = jobsMs.toSorted((one, other) => one - other);

/** One run of all jobs. */
interface Served {
  /** until each job was begun, in milliseconds */
  readonly waitsMs: readonly number[];
  /** until the last one was done, in milliseconds */
  readonly endMs: number;
}

const wait = { unit: 'ms each', amount: ({ waitsMs }: Served) => sum(waitsMs) / waitsMs.length };

export default demo({
  title: 'Ten jobs as they come, and with the shortest first',
  variants: {
    'total as they come': () => serve(jobsMs),
    'total shortest first': () => serve(shortestFirst),
    'wait as they come': { ...wait, run: () => serve(jobsMs) },
    'wait shortest first': { ...wait, run: () => serve(shortestFirst) },
  },
  check: ({ waitsMs, endMs }: Served) => waitsMs.length === jobsMs.length && endMs >= totalMs,
  ratios: {
    total: { of: 'total as they come', over: 'total shortest first' },
    waiting: { of: 'wait as they come', over: 'wait shortest first' },
  },
  claims: [
    {
      claim: 'F71',
      says: 'The order in which a loop takes its jobs is the best one: in no other do they wait less.',
      ratio: 'waiting',
      holds: [0, 1.02],
    },
  ],
});

/** Hands all jobs to the loop in this order. It begins them in this order, too: setImmediate is first come, first served. */
async function serve(queueMs: readonly number[]): Promise<Served> {
  const start = performance.now();
  const waitsMs = await Promise.all(
    queueMs.map(
      (ms) =>
        new Promise<number>((begun) => {
          setImmediate(() => {
            const waitedMs = performance.now() - start;
            work(ms);
            begun(waitedMs);
          });
        }),
    ),
  );
  return { waitsMs, endMs: performance.now() - start };
}

/** Stands for a computation: the loop's thread is busy all the time. */
function work(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}
