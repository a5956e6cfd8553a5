// The lock is taken for 300 ms. What do two ways of waiting cost?
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';

const file = new URL('./waiting-cost.worker.ts', import.meta.url);
for (const way of ['spinning', 'sleeping']) {
  const word = new Int32Array(new SharedArrayBuffer(4));
  word[0] = 1;
  const thread = new Worker(file, { workerData: { word, way } });
  await once(thread, 'message');
  await sleep(300);
  Atomics.store(word, 0, 0);
  Atomics.notify(word, 0);
  const [ms] = await once(thread, 'message');
  console.log(`${way}: ${ms.toFixed(0)} ms of a core`);
}
