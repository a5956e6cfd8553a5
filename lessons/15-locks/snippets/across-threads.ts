// Two threads ask for one lock by its name.
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

const file = new URL('./across-threads.worker.ts', import.meta.url);
const seen = new Int32Array(new SharedArrayBuffer(8));
const threads = [1, 2].map(() => new Worker(file, { workerData: seen }));
await Promise.all(threads.map((thread) => once(thread, 'exit')));
console.log('turns:', seen[0]);
console.log('others inside:', seen[1]);
