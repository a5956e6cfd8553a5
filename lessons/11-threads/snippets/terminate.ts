// A thread that will never end by itself.
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

const file = new URL('./endless.worker.ts', import.meta.url);
const thread = new Worker(file);
thread.on('message', (text) => console.log(text));
await once(thread, 'message');
console.log('exit code', await thread.terminate());
