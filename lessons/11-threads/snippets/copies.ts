// An order goes to a thread and is changed behind its back.
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

const file = new URL('./copies.worker.ts', import.meta.url);
const thread = new Worker(file);
// #region order
const order = { items: ['tea'] };
thread.postMessage(order);
order.items.push('cake');
// #endregion
const [seen] = await once(thread, 'message');
console.log('here ', order.items);
console.log('there', seen.items);
