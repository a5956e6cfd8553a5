// caught by "the thread is gone when the promise settles": after a function that throws and leaves a timer running
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
  worker.on('message', (answer: { result?: unknown; error?: unknown; more?: object }) => {
    if (answer.error) reject(Object.assign(answer.error, answer.more));
    else resolve(answer.result);
  });
  worker.on('error', reject);
  worker.on('exit', () => reject(new Error(`The thread ended before ${name} had returned.`)));
  const abort = () => reject(signal?.reason);
  signal?.addEventListener('abort', abort);
  const result = await promise;
  signal?.removeEventListener('abort', abort);
  await worker.terminate();
  return result;
}
