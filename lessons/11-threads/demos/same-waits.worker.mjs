// The threads of same-waits.ts: each blocks for as long as it is told, as a synchronous library would, and says how
// long that really was.
import { parentPort } from 'node:worker_threads';

const nobodyWakes = new Int32Array(new SharedArrayBuffer(4));

parentPort.on('message', (ms) => {
  const start = performance.now();
  Atomics.wait(nobodyWakes, 0, 0, ms);
  parentPort.postMessage(performance.now() - start);
});
