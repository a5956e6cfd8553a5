// Two numbers go to a thread: one in an array, one in shared memory.
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

// #region both
const own = new Int32Array(1);
const shared = new Int32Array(new SharedArrayBuffer(4));
const file = new URL('./shared.worker.ts', import.meta.url);
await once(new Worker(file, { workerData: { own, shared } }), 'exit');
console.log(`own ${own[0]}, shared ${shared[0]}`);
// #endregion
