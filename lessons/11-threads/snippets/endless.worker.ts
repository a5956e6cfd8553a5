import { parentPort } from 'node:worker_threads';

try {
  parentPort?.postMessage('the file is open');
  for (;;);
} finally {
  parentPort?.postMessage('the file is closed');
}
