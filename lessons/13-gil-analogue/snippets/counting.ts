// Two threads count primes, without a lock and under one.
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

const file = new URL('./counting.worker.ts', import.meta.url);
const words = (count: number) => new Int32Array(new SharedArrayBuffer(4 * count));

for (const lock of [undefined, words(1)]) {
  const [inside, primes] = [words(2), words(1)];
  const ends = [0, 1].map((first) => {
    const workerData = { first, lock, inside, primes };
    return once(new Worker(file, { workerData }), 'exit');
  });
  await Promise.all(ends);
  const how = inside[1] ? 'together' : 'never together';
  console.log(lock ? 'with the lock:' : 'without it:   ', primes[0], how);
}
