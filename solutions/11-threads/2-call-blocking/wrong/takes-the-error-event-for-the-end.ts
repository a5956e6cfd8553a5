// caught by "the thread is gone when the promise settles": "error", or a message of your own, says that it has; the thread is still there
import { Worker } from 'node:worker_threads';

/** Calls a function that blocks, in a thread of its own, while the event loop goes on. */
export async function callBlocking(
  module: string,
  name: string,
  args: readonly unknown[],
  signal?: AbortSignal,
): Promise<unknown> {
  signal?.throwIfAborted();
  const call = { module, name, args };
  const thread = new Worker(new URL('./thread.ts', import.meta.url), { workerData: call });

  return new Promise((resolve, reject) => {
    let settle: (() => void) | undefined;
    const end = (how: () => void): void => {
      settle ??= how;
      void thread.terminate();
    };
    const abort = (): void => end(() => reject(signal?.reason));

    signal?.addEventListener('abort', abort);
    thread.on('message', (value) => end(() => resolve(value)));
    thread.on('messageerror', (error) => end(() => reject(error)));
    thread.on('error', (error) => {
      signal?.removeEventListener('abort', abort);
      reject(error);
    });
    thread.on('exit', () => {
      signal?.removeEventListener('abort', abort);
      if (settle) settle();
      else reject(new Error(`The thread ended before ${name} had returned.`));
    });
  });
}
