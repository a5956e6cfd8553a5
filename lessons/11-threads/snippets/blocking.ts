// Four calls that block for 50 ms: here, then each in its own thread.
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { blockFor } from './block-for.module.ts';

let ticks = 0;
const clock = setInterval(() => ticks++, 10);

for (let call = 0; call < 4; call++) blockFor(50);
console.log(`here: ${ticks} ticks`);

const file = new URL('./blocking.worker.ts', import.meta.url);
const ends = Array.from({ length: 4 }, () => {
  const thread = new Worker(file, { workerData: 50 });
  return once(thread, 'exit');
});
await Promise.all(ends);
console.log(`in threads: ${ticks} ticks`);
clearInterval(clock);
