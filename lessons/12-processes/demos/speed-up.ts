// The same primes, found by 1, 2 and more workers, and by as many processes. The main thread puts the answers together,
// and nobody helps it with that.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { curve } from 'interleave/kit/demo';

const upTo = 700_000;
/** all primes below but 2, for only odd numbers are looked at */
const count = 56_542;
const file = new URL('./speed-up.worker.mjs', import.meta.url);

export default curve({
  title: 'The same primes by more and more workers, and by more and more processes',
  setup: async (most) => {
    const workers = Array.from({ length: most }, () => new Worker(file));
    const processes = Array.from({ length: most }, () => fork(file, { serialization: 'advanced' }));
    await Promise.all([...workers.map((worker) => once(worker, 'online')), ...processes.map(hello)]);
    return { workers, processes };
  },
  // #region ways
  ways: {
    workers: (parts, { workers }) => together(workers.slice(0, parts), askWorker),
    processes: (parts, { processes }) => together(processes.slice(0, parts), askProcess),
  },
  // #endregion
  check: (primes) => primes.length === count && primes.every((prime, index) => prime > (primes[index - 1] ?? 2)),
  teardown: async ({ workers, processes }) => {
    for (const child of processes) child.kill();
    await Promise.all(workers.map((worker) => worker.terminate()));
  },
});

interface Question {
  readonly first: number;
  readonly end: number;
  readonly step: number;
}

/** Dealt like cards: the first half of the numbers would be less work than the second. */
async function together<Helper>(
  helpers: readonly Helper[],
  ask: (helper: Helper, question: Question) => Promise<Uint32Array>,
): Promise<Uint32Array> {
  const parts = await Promise.all(
    helpers.map((helper, index) => ask(helper, { first: 1 + 2 * index, end: upTo, step: 2 * helpers.length })),
  );
  const primes = new Uint32Array(parts.reduce((length, part) => length + part.length, 0));
  let start = 0;
  for (const part of parts) {
    primes.set(part, start);
    start += part.length;
  }
  return primes.sort();
}

async function askWorker(worker: Worker, question: Question): Promise<Uint32Array> {
  const answer = once(worker, 'message') as Promise<[Uint32Array]>;
  worker.postMessage(question);
  return (await answer)[0];
}

async function askProcess(child: ChildProcess, question: Question): Promise<Uint32Array> {
  const answer = once(child, 'message') as Promise<[Uint32Array]>;
  child.send(question);
  return (await answer)[0];
}

/** A process that has answered once has been started. */
async function hello(child: ChildProcess): Promise<void> {
  await askProcess(child, { first: 1, end: 3, step: 2 });
}
