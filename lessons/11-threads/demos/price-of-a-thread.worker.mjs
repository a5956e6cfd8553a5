// The threads of price-of-a-thread.ts do as little as a thread can: one doubles a number and ends, one waits. It is
// plain JavaScript: stripping types would be a part of the price.
import { parentPort, workerData } from 'node:worker_threads';

if (workerData === 'wait') {
  // A listener keeps the thread.
  parentPort.on('message', () => {});
  parentPort.postMessage('here');
} else {
  parentPort.postMessage(workerData * 2);
}
