// Two threads count in the same word, four times for each number.
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

const file = new URL('./count.worker.ts', import.meta.url);
for (const times of [1_000, 100_000, 10_000_000]) {
  const lost = [];
  for (let run = 0; run < 4; run++) {
    const counter = new Int32Array(new SharedArrayBuffer(4));
    const workerData = { counter, times };
    const threads = [1, 2].map(() => new Worker(file, { workerData }));
    await Promise.all(threads.map((thread) => once(thread, 'exit')));
    lost.push(2 * times - (counter[0] ?? 0));
  }
  console.log(`2 x ${times}: lost ${lost.join(', ')}`);
}
