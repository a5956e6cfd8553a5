// The same clock, beside the same computation in a thread of its own.
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

let ticks = 0;
const clock = setInterval(() => ticks++, 10);
const file = new URL('./primes.worker.ts', import.meta.url);
const thread = new Worker(file, { workerData: 2_000_000 });
const [count] = await once(thread, 'message');
clearInterval(clock);
console.log(`${count} primes, ${ticks} ticks`);
