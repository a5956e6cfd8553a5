// Promises of single events, of which the first decides, and a stack of what has to be cleared away.
import { addAbortListener, once } from 'node:events';
import { Worker } from 'node:worker_threads';

export async function callBlocking(
  module: string,
  name: string,
  args: readonly unknown[],
  signal = new AbortController().signal,
): Promise<unknown> {
  signal.throwIfAborted();
  const toClear = new AsyncDisposableStack();
  try {
    const worker = new Worker(new URL('./thread.ts', import.meta.url), { workerData: { module, name, args } });
    toClear.defer(async () => void (await worker.terminate()));
    const aborted = new Promise<never>((_, reject) => {
      toClear.use(addAbortListener(signal, () => reject(signal.reason)));
    });
    const exited = once(worker, 'exit').then(() => Promise.reject(new Error('gone without a result')));
    // "error" makes both of them reject; only the first rejection is heard, and the race holds the others.
    const [result] = (await Promise.race([once(worker, 'message'), exited, aborted])) as [unknown];
    return result;
  } finally {
    await toClear.disposeAsync();
  }
}
