// caught by "calls block at the same time, each in a thread of its own": Only one was called, and the next never came while it blocked. One thread had been started by then
import { Worker } from 'node:worker_threads';

let last: Promise<unknown> = Promise.resolve();

export function callBlocking(
  module: string,
  name: string,
  args: readonly unknown[],
  signal?: AbortSignal,
): Promise<unknown> {
  const call = last.then(() => callNow(module, name, args, signal));
  last = call.catch(() => {});
  return call;
}

async function callNow(module: string, name: string, args: readonly unknown[], signal?: AbortSignal): Promise<unknown> {
  signal?.throwIfAborted();
  const worker = new Worker(new URL('./thread.ts', import.meta.url), { workerData: { module, name, args } });
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
