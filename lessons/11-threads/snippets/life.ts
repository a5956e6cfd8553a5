// The life of a thread, as its parent hears of it.
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

const file = new URL('./double.worker.ts', import.meta.url);
const thread = new Worker(file, { workerData: 21 });
thread.on('online', () => console.log('online'));
thread.on('message', (answer) => console.log('message', answer));
thread.on('exit', (code) => console.log('exit', code));
console.log('new Worker has returned');
await once(thread, 'exit');
console.log('joined');
