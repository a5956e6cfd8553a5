// caught by "the thread is gone when the promise settles": "exit" does not come by itself
import { Worker } from 'node:worker_threads';

export function callBlocking(
  module: string,
  name: string,
  args: readonly unknown[],
  signal?: AbortSignal,
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const worker = new Worker(new URL('./thread.ts', import.meta.url), { workerData: { module, name, args } });
    let settle = () => reject(new Error('no result'));
    const stop = () => {
      settle = () => reject(signal?.reason);
      void worker.terminate();
    };
    signal?.addEventListener('abort', stop);
    worker.on('message', (result) => (settle = () => resolve(result)));
    worker.on('error', (error) => (settle = () => reject(error)));
    worker.on('exit', () => {
      signal?.removeEventListener('abort', stop);
      settle();
    });
  });
}
