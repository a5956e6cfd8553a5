// caught by "calls block at the same time, each in a thread of its own": A thread that is blocked takes no other work
import { Worker } from 'node:worker_threads';

let worker: Worker | undefined;
let next = 0;
const waiting = new Map<number, PromiseWithResolvers<unknown>>();

export async function callBlocking(
  module: string,
  name: string,
  args: readonly unknown[],
  signal?: AbortSignal,
): Promise<unknown> {
  signal?.throwIfAborted();
  worker ??= start();
  const call = Promise.withResolvers<unknown>();
  waiting.set((next += 1), call);
  worker.postMessage({ id: next, module, name, args });
  return call.promise;
}

function start(): Worker {
  const thread = new Worker(new URL('./thread.ts', import.meta.url));
  thread.unref();
  thread.on('message', ({ id, result, error }: { id: number; result?: unknown; error?: unknown }) => {
    if (error) waiting.get(id)?.reject(error);
    else waiting.get(id)?.resolve(result);
    waiting.delete(id);
  });
  thread.on('error', (error) => {
    for (const { reject } of waiting.values()) reject(error);
  });
  return thread;
}
