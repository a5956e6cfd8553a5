// caught by "a call that brings no result rejects": exit code 0 says that nothing was thrown
import { Worker } from 'node:worker_threads';

export async function callBlocking(
  module: string,
  name: string,
  args: readonly unknown[],
  signal?: AbortSignal,
): Promise<unknown> {
  signal?.throwIfAborted();
  const worker = new Worker(new URL('./thread.ts', import.meta.url), { workerData: { module, name, args } });
  const { promise, resolve, reject } = Promise.withResolvers<unknown>();
  let result: unknown;
  worker.on('message', (value) => (result = value));
  worker.on('error', reject);
  worker.on('exit', () => resolve(result));
  worker.on('message', () => worker.terminate());
  const abort = () => reject(signal?.reason);
  signal?.addEventListener('abort', abort);
  try {
    return await promise;
  } finally {
    signal?.removeEventListener('abort', abort);
    // Also a thread that is blocked, and one that something keeps alive.
    await worker.terminate();
  }
}
