// A thread throws, and its parent joins.
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

const file = new URL('./failing.worker.ts', import.meta.url);
const thread = new Worker(file);
thread.on('exit', (code) => console.log('exit', code));
try {
  await once(thread, 'exit');
} catch (error) {
  console.log(error instanceof RangeError, String(error));
}
