// Twice as many busy threads as cores. All they do is read the clock.
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';

const file = new URL('./gaps.worker.ts', import.meta.url);
for (let i = 0; i < 2 * availableParallelism(); i++) {
  const thread = new Worker(file);
  thread.on('message', (ms) => console.log(`${ms.toFixed(3)} ms`));
}
