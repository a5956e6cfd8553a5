// A process or a thread that answers each message with its size: that of bytes, and 1 for a number.
import { parentPort } from 'node:worker_threads';

if (parentPort) parentPort.on('message', (message) => parentPort.postMessage(sizeOf(message)));
else process.on('message', (message) => process.send(sizeOf(message)));

function sizeOf(message) {
  return message instanceof Uint8Array ? message.length : 1;
}
