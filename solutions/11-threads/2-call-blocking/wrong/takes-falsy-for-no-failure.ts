// caught by "what the function threw comes out": how you tell that something was thrown
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
    let thrown: unknown;
    const end = (how: () => void): void => {
      settle ??= how;
      void thread.terminate();
    };
    const abort = (): void => end(() => reject(signal?.reason));

    signal?.addEventListener('abort', abort);
    thread.on('message', (value) => end(() => resolve(value)));
    thread.on('messageerror', (error) => end(() => reject(error)));
    thread.on('error', (error) => {
      thrown = error;
    });
    thread.on('exit', () => {
      signal?.removeEventListener('abort', abort);
      if (thrown) reject(thrown);
      else if (settle) settle();
      else reject(new Error(`The thread ended before ${name} had returned.`));
    });
  });
}
