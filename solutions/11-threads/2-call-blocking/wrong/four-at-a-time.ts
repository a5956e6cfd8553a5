// caught by "calls block at the same time, each in a thread of its own": 4 were called, and the others never came
import { Worker } from 'node:worker_threads';

let free = 4;
const waiting: (() => void)[] = [];

export async function callBlocking(
  module: string,
  name: string,
  args: readonly unknown[],
  signal?: AbortSignal,
): Promise<unknown> {
  if (free === 0) await new Promise<void>((resolve) => waiting.push(resolve));
  else free -= 1;
  try {
    return await callNow(module, name, args, signal);
  } finally {
    const next = waiting.shift();
    if (next) next();
    else free += 1;
  }
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
