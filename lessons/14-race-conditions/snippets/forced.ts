// Two real threads add 1 to the same word, and lose an update in every run.
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

const file = new URL('./forced.worker.ts', import.meta.url);
for (let run = 0; run < 5; run++) {
  const counter = new Int32Array(new SharedArrayBuffer(4));
  const haveRead = new Int32Array(new SharedArrayBuffer(4));
  const workerData = { counter, haveRead };
  const threads = [1, 2].map(() => new Worker(file, { workerData }));
  await Promise.all(threads.map((thread) => once(thread, 'exit')));
  console.log(counter[0]);
}
