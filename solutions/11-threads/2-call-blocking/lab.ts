// The bridge between a function that blocks and an event loop that must not wait for it.
import { Worker } from 'node:worker_threads';
import type { Call } from './thread.ts';

/**
 * Calls a function that blocks in a thread of its own, while the event loop goes on.
 * @param module what import() takes: `node:crypto`, or the address of a file
 * @param name of the function among the module's exports
 * @param signal stops the call when it is aborted
 * @returns a copy of what the function returned, when its thread is gone
 * @throws what the function threw; the signal's reason; an Error when there is no result
 */
export async function callBlocking(
  module: string,
  name: string,
  args: readonly unknown[],
  signal?: AbortSignal,
): Promise<unknown> {
  signal?.throwIfAborted();
  const call: Call = { module, name, args };
  const worker = new Worker(new URL('./thread.ts', import.meta.url), { workerData: call });
  const { promise, resolve, reject } = Promise.withResolvers<unknown>();
  worker.on('message', resolve);
  worker.on('error', reject);
  worker.on('exit', () => reject(new Error(`The thread ended before ${name} had returned.`)));
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
