// Sends the first message back as it was seen here, and ends.
import { once } from 'node:events';
import { parentPort } from 'node:worker_threads';

if (!parentPort) throw new Error('This file is for a thread.');
const [order] = await once(parentPort, 'message');
parentPort.postMessage(order);
