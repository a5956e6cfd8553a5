// One thread computes in slices, and lets go of the lock after each.
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';

const file = new URL('./greedy.worker.ts', import.meta.url);
const word = new Int32Array(new SharedArrayBuffer(4));
const slices = new Int32Array(new SharedArrayBuffer(4));
const start = (isGreedy: boolean) => new Worker(file, { workerData: { word, slices, isGreedy } });

await once(start(true), 'online');
while (Atomics.load(slices, 0) === 0) await sleep(1);
const [{ before, after }] = await once(start(false), 'message');
console.log(`came after slice ${before}, got in after slice ${after}`);
