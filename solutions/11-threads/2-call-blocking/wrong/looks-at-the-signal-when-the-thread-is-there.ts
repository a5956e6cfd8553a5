// caught by "a signal is listened to only while a call runs": A signal that was aborted earlier sends no
import { Worker } from 'node:worker_threads';

export async function callBlocking(
  module: string,
  name: string,
  args: readonly unknown[],
  signal?: AbortSignal,
): Promise<unknown> {
  const worker = new Worker(new URL('./thread.ts', import.meta.url), { workerData: { module, name, args } });
  const { promise, resolve, reject } = Promise.withResolvers<unknown>();
  worker.on('message', resolve);
  worker.on('error', reject);
  worker.on('exit', () => reject(new Error(`The thread ended before ${name} had returned.`)));
  if (signal?.aborted) reject(signal.reason);
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
