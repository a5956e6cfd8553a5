// A thread throws, and nobody listens.
import { Worker } from 'node:worker_threads';

const file = new URL('./failing.worker.ts', import.meta.url);
// #region try
try {
  const thread = new Worker(file);
  console.log('started thread', thread.threadId);
} catch {
  console.log('caught');
}
// #endregion
setTimeout(() => console.log('the main thread goes on'), 500);
