// The thread is made of a text, takes its order from a message, and sleeps until somebody ends it.
import { Worker } from 'node:worker_threads';

const thread = JSON.stringify(new URL('./thread.ts', import.meta.url).href);
const source = new URL(`data:text/javascript,${encodeURIComponent(`import { work } from ${thread}; await work();`)}`);

export const callBlocking = (
  module: string,
  name: string,
  args: readonly unknown[],
  signal?: AbortSignal,
): Promise<unknown> =>
  (async () => {
    if (signal?.aborted) throw signal.reason;
    const order = structuredClone([module, name, args]); // what cannot be copied starts no thread
    const worker = new Worker(source);
    worker.postMessage(order);
    let abort = (): void => {};
    const outcome = await new Promise<() => unknown>((decide) => {
      const raise = (error: unknown) =>
        decide(() => {
          throw error;
        });
      abort = () => raise(signal!.reason);
      signal?.addEventListener('abort', abort);
      worker.on('error', raise).on('messageerror', raise);
      worker.on('exit', () => raise(new Error('ended')));
      worker.on('message', (answer: object) =>
        decide(() => {
          if ('value' in answer) return answer.value;
          const { thrown, properties } = answer as { thrown: unknown; properties: object };
          throw thrown instanceof Error ? Object.assign(thrown, properties) : thrown;
        }),
      );
    });
    signal?.removeEventListener('abort', abort);
    await worker.terminate();
    return outcome();
  })();
