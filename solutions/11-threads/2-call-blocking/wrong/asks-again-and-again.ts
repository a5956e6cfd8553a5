// caught by "the loop goes on while the function blocks": it should listen, not ask again and again
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
  worker.on('message', resolve);
  worker.on('error', reject);
  worker.on('exit', () => reject(new Error(`The thread ended before ${name} had returned.`)));
  const abort = () => reject(signal?.reason);
  signal?.addEventListener('abort', abort);
  let isSettled = false;
  void promise.catch(() => {}).finally(() => (isSettled = true));
  while (!isSettled) await new Promise((resolve) => setImmediate(resolve));
  try {
    return await promise;
  } finally {
    signal?.removeEventListener('abort', abort);
    // Also a thread that is blocked, and one that something keeps alive.
    await worker.terminate();
  }
}
