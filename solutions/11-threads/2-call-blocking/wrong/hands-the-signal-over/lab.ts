// caught by "an aborted call stops its thread": It does not travel into a thread
import { Worker } from 'node:worker_threads';

export async function callBlocking(
  module: string,
  name: string,
  args: readonly unknown[],
  signal?: AbortSignal,
): Promise<unknown> {
  signal?.throwIfAborted();
  const worker = new Worker(new URL('./thread.ts', import.meta.url), { workerData: { module, name, args, signal } });
  const { promise, resolve, reject } = Promise.withResolvers<unknown>();
  worker.on('message', resolve);
  worker.on('error', reject);
  worker.on('exit', () => reject(new Error(`The thread ended before ${name} had returned.`)));
  try {
    return await promise;
  } finally {
    // Also a thread that is blocked, and one that something keeps alive.
    await worker.terminate();
  }
}
