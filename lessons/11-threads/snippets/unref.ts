// A thread waits for ever, and the program does not wait for it.
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

const file = new URL('./waiting.worker.ts', import.meta.url);
const thread = new Worker(file);
const [greeting] = await once(thread, 'message');
console.log(greeting);
thread.unref();
console.log('the main thread is done');
