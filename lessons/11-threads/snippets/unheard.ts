// A thread throws, and nobody listens for an error.
import { Worker } from 'node:worker_threads';

const file = new URL('./failing.worker.ts', import.meta.url);
// #region try
try {
  const thread = new Worker(file);
  console.log('started thread', thread.threadId);
  setTimeout(() => console.log('the main thread goes on'), 5_000);
} catch {
  console.log('caught');
}
// #endregion
